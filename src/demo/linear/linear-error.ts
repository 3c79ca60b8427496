import { GraphQLError } from 'graphql';

/** What Linear's API says of a request that cannot be answered: its words for `errors[].extensions`. */
export function inputError(message: string, presentable = message): GraphQLError {
  return linearError(message, 'INPUT_ERROR', 'invalid input', presentable, 400);
}

/** An argument that the schema admits and Linear does not. */
export function argumentError(message: string): GraphQLError {
  return linearError('Argument Validation Error', 'INVALID_INPUT', 'invalid input', message, 400);
}

export function notFound(entity: string): GraphQLError {
  return linearError(
    `Entity not found: ${entity}`,
    'INPUT_ERROR',
    'invalid input',
    `Could not find referenced ${entity}.`,
    400,
  );
}

/** The workspace's plan does not include the field: the rest of the answer comes all the same. */
export function notEntitled(field: string): GraphQLError {
  return linearError(
    'Feature not accessible',
    'FEATURE_NOT_ACCESSIBLE',
    'feature not accessible',
    `${field} is not available on the plan of this workspace.`,
    403,
  );
}

export function authenticationError(message: string): GraphQLError {
  return linearError(message, 'AUTHENTICATION_ERROR', 'authentication error', message, 401);
}

export function rateLimited(what: 'requests' | 'complexity'): GraphQLError {
  return linearError(
    `Rate limit exceeded: ${what}`,
    'RATELIMITED',
    'ratelimited',
    `Rate limit exceeded. The ${what} of an hour are used up.`,
    429,
  );
}

function linearError(
  message: string,
  code: string,
  type: string,
  userPresentableMessage: string,
  statusCode: number,
): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code, type, statusCode, userError: true, userPresentableMessage },
  });
}
