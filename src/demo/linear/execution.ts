import {
  type DocumentNode,
  executeSync,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from 'graphql';
import { actualComplexity, staticComplexity } from './complexity.ts';
import { inputError } from './linear-error.ts';
import type { Question } from './question.ts';
import { type Answering, resolveField } from './resolve.ts';

export interface Answer {
  /** 400 when nothing was executed. */
  readonly status: 200 | 400;
  readonly body: object;
  /** What the rows of the answer cost; 0 when nothing was executed. */
  readonly complexity: number;
  /** Whether the query broke the schema. */
  readonly isInvalid: boolean;
}

export type Cap = 'static' | 'actual';

const MOST_POINTS = 10_000;

/** Executes queries by the schema. Documents are kept parsed: a sync sends the same few over and over. */
export function createExecutor(
  schema: GraphQLSchema,
  cap: Cap,
): (question: Question, answering: Answering) => Answer {
  const known = new Map<string, DocumentNode | readonly GraphQLError[]>();

  return ({ query, operationName, variables: given }, answering) => {
    const document = documentOf(query);
    if (!('kind' in document)) return refused(document, 'GRAPHQL_VALIDATION_FAILED');
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      return refused(
        [new GraphQLError('Unknown or missing operation name.')],
        'OPERATION_RESOLUTION_FAILURE',
      );
    }
    const variables = getVariableValues(schema, operation.variableDefinitions ?? [], given);
    if (variables.errors !== undefined) return refused(variables.errors, 'BAD_USER_INPUT');
    const { coerced } = variables.variableValues;
    const expected = staticComplexity(schema, document, operation, coerced);
    if (cap === 'static' && expected > MOST_POINTS) return refused([tooComplex(expected)]);
    const result = executeSync({
      schema,
      document,
      operationName,
      variableValues: given,
      contextValue: answering,
      fieldResolver: resolveField,
    });
    const complexity = actualComplexity(schema, document, operation, result.data);
    if (cap === 'actual' && complexity > MOST_POINTS) return refused([tooComplex(complexity)]);
    return { status: 200, body: result, complexity, isInvalid: false };
  };

  function documentOf(query: string): DocumentNode | readonly GraphQLError[] {
    const document = known.get(query) ?? parsed(query);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(query, document);
    return document;
  }

  function parsed(query: string): DocumentNode | readonly GraphQLError[] {
    try {
      const document = parse(query);
      const errors = validate(schema, document);
      return errors.length === 0 ? document : errors;
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }
}

const MOST_KNOWN = 200;

/** `code` is what errors say that bring none of their own. */
function refused(errors: readonly GraphQLError[], code?: string): Answer {
  return {
    status: 400,
    body: errorBody(errors, code),
    complexity: 0,
    isInvalid: code === 'GRAPHQL_VALIDATION_FAILED',
  };
}

function errorBody(errors: readonly GraphQLError[], code?: string): object {
  return {
    errors: errors.map((error) => {
      const written = error.toJSON();
      return code === undefined
        ? written
        : { ...written, extensions: { code, type: 'graphql error', userError: true } };
    }),
  };
}

function tooComplex(complexity: number): GraphQLError {
  return inputError(
    'Query too complex',
    `The query is too complex. Complexity: ${complexity}. Maximum allowed complexity: ${MOST_POINTS}.`,
  );
}
