// Written by `npm run bench:fit-prior`: fit again instead of editing.
import type { ShippedPrior } from './prior.ts';

/** What forecasts for real projects turned out to be worth, and how well that held where it was not fitted. */
export const SHIPPED_PRIOR: ShippedPrior = {
  provenance: {
    data: 'done-per-day.csv.gz',
    sha256: '97d044b465d1d1a366cd0932f6bc10559c8b9d3fed20fa5b20125f15bb790df3',
    projects: 23,
    fittedOn: '2026-11-21',
  },
  horizons: [
    {
      days: 7,
      shift: {
        constant: 0.0871,
        overdispersion: -0.1098,
        evenness: 0.2862,
      },
      drift: 0.3806,
      sampling: 0.0515,
      trend: 0.15,
      errors: [-1.8629, -1.3351, -1.0498, -0.6383, 0.0006, 0.5957, 0.9502, 1.2218, 1.6042],
    },
    {
      days: 14,
      shift: {
        constant: 0.1078,
        overdispersion: -0.0978,
        evenness: 0.3241,
      },
      drift: 0.2781,
      sampling: 0.1687,
      trend: 0.2,
      errors: [-1.8238, -1.3864, -1.0165, -0.6389, 0.0003, 0.6183, 0.9835, 1.229, 1.6782],
    },
    {
      days: 28,
      shift: {
        constant: 0.1615,
        overdispersion: -0.1061,
        evenness: 0.3278,
      },
      drift: 0.1872,
      sampling: 0.5088,
      trend: 0.3,
      errors: [-1.8472, -1.3305, -1.0176, -0.6182, 0.0026, 0.5961, 0.9824, 1.2338, 1.5883],
    },
    {
      days: 42,
      shift: {
        constant: 0.2066,
        overdispersion: -0.1185,
        evenness: 0.3263,
      },
      drift: 0.1321,
      sampling: 0.976,
      trend: 0.3,
      errors: [-1.7545, -1.3013, -1.0122, -0.6474, -0.0016, 0.6142, 0.9878, 1.2473, 1.5879],
    },
    {
      days: 56,
      shift: {
        constant: 0.2112,
        overdispersion: -0.1211,
        evenness: 0.298,
      },
      drift: 0.1083,
      sampling: 1.3196,
      trend: 0.3,
      errors: [-1.7521, -1.2611, -1.0026, -0.6416, -0.0013, 0.6391, 0.9974, 1.2314, 1.6123],
    },
    {
      days: 84,
      shift: {
        constant: 0.2642,
        overdispersion: -0.1463,
        evenness: 0.2767,
      },
      drift: 0.1225,
      sampling: 1.4921,
      trend: 0.15,
      errors: [-1.8604, -1.2827, -1.0366, -0.6286, 0.0002, 0.6506, 0.9634, 1.2263, 1.6698],
    },
    {
      days: 126,
      shift: {
        constant: 0.2915,
        overdispersion: -0.1616,
        evenness: 0.1376,
      },
      drift: 0.0953,
      sampling: 3.1559,
      trend: 0.15,
      errors: [-1.9293, -1.343, -1.088, -0.6713, 0.0025, 0.5978, 0.912, 1.1432, 1.6094],
    },
    {
      days: 182,
      shift: {
        constant: 0.2927,
        overdispersion: -0.1643,
        evenness: 0.0545,
      },
      drift: 0.0698,
      sampling: 6.2806,
      trend: 0.25,
      errors: [-1.8226, -1.3898, -1.0743, -0.6908, -0.0007, 0.6243, 0.9257, 1.1687, 1.6823],
    },
    {
      days: 252,
      shift: {
        constant: 0.3069,
        overdispersion: -0.1778,
        evenness: -0.0179,
      },
      drift: 0.0961,
      sampling: 8.654,
      trend: 0.3,
      errors: [-1.8226, -1.333, -1.0641, -0.67, -0.0009, 0.6366, 0.9359, 1.1844, 1.6274],
    },
    {
      days: 364,
      shift: {
        constant: 0.2752,
        overdispersion: -0.1719,
        evenness: -0.2338,
      },
      drift: 0.1046,
      sampling: 15.5201,
      trend: 0.4,
      errors: [-1.7977, -1.3199, -1.0537, -0.6556, -0.0017, 0.6246, 0.9463, 1.1668, 1.5224],
    },
  ],
  learning: {
    rate: 0.3,
    caution: 0.3,
  },
  heldOut: [
    {
      days: 7,
      forecasts: 2879,
      byProject: {
        coverage85: 0.8396,
        interval: {
          lower: 0.8257,
          upper: 0.8534,
        },
        central90: 0.8937,
        lossRatio: 0.9765,
        calibrationError: 0.0135,
      },
      byTime: {
        coverage85: 0.8337,
        interval: {
          lower: 0.8165,
          upper: 0.8496,
        },
        central90: 0.8864,
        lossRatio: 0.9842,
        calibrationError: 0.0282,
      },
      classicCoverage85: 0.7988,
    },
    {
      days: 14,
      forecasts: 2877,
      byProject: {
        coverage85: 0.8404,
        interval: {
          lower: 0.8295,
          upper: 0.8507,
        },
        central90: 0.8948,
        lossRatio: 0.9516,
        calibrationError: 0.0106,
      },
      byTime: {
        coverage85: 0.8287,
        interval: {
          lower: 0.8142,
          upper: 0.8419,
        },
        central90: 0.8766,
        lossRatio: 0.9653,
        calibrationError: 0.0274,
      },
      classicCoverage85: 0.7677,
    },
    {
      days: 28,
      forecasts: 2868,
      byProject: {
        coverage85: 0.8483,
        interval: {
          lower: 0.837,
          upper: 0.8597,
        },
        central90: 0.8972,
        lossRatio: 0.9092,
        calibrationError: 0.0075,
      },
      byTime: {
        coverage85: 0.8408,
        interval: {
          lower: 0.8234,
          upper: 0.8549,
        },
        central90: 0.8902,
        lossRatio: 0.9333,
        calibrationError: 0.0198,
      },
      classicCoverage85: 0.7314,
    },
    {
      days: 42,
      forecasts: 2857,
      byProject: {
        coverage85: 0.8516,
        interval: {
          lower: 0.8399,
          upper: 0.8635,
        },
        central90: 0.8979,
        lossRatio: 0.8687,
        calibrationError: 0.0061,
      },
      byTime: {
        coverage85: 0.8419,
        interval: {
          lower: 0.8247,
          upper: 0.8563,
        },
        central90: 0.8952,
        lossRatio: 0.8899,
        calibrationError: 0.015,
      },
      classicCoverage85: 0.7043,
    },
    {
      days: 56,
      forecasts: 2848,
      byProject: {
        coverage85: 0.8497,
        interval: {
          lower: 0.8376,
          upper: 0.8618,
        },
        central90: 0.9,
        lossRatio: 0.8475,
        calibrationError: 0.0102,
      },
      byTime: {
        coverage85: 0.8399,
        interval: {
          lower: 0.8189,
          upper: 0.8564,
        },
        central90: 0.8865,
        lossRatio: 0.8731,
        calibrationError: 0.0181,
      },
      classicCoverage85: 0.6818,
    },
    {
      days: 84,
      forecasts: 2830,
      byProject: {
        coverage85: 0.849,
        interval: {
          lower: 0.8347,
          upper: 0.8635,
        },
        central90: 0.8961,
        lossRatio: 0.807,
        calibrationError: 0.0064,
      },
      byTime: {
        coverage85: 0.8364,
        interval: {
          lower: 0.8109,
          upper: 0.8555,
        },
        central90: 0.8918,
        lossRatio: 0.8335,
        calibrationError: 0.0179,
      },
      classicCoverage85: 0.6641,
    },
    {
      days: 126,
      forecasts: 2799,
      byProject: {
        coverage85: 0.848,
        interval: {
          lower: 0.8316,
          upper: 0.8642,
        },
        central90: 0.8973,
        lossRatio: 0.759,
        calibrationError: 0.0102,
      },
      byTime: {
        coverage85: 0.843,
        interval: {
          lower: 0.8136,
          upper: 0.8664,
        },
        central90: 0.8929,
        lossRatio: 0.792,
        calibrationError: 0.0156,
      },
      classicCoverage85: 0.6483,
    },
    {
      days: 182,
      forecasts: 2759,
      byProject: {
        coverage85: 0.8507,
        interval: {
          lower: 0.8312,
          upper: 0.8702,
        },
        central90: 0.8914,
        lossRatio: 0.7172,
        calibrationError: 0.0072,
      },
      byTime: {
        coverage85: 0.8407,
        interval: {
          lower: 0.8084,
          upper: 0.8668,
        },
        central90: 0.8781,
        lossRatio: 0.7399,
        calibrationError: 0.0197,
      },
      classicCoverage85: 0.6227,
    },
    {
      days: 252,
      forecasts: 2709,
      byProject: {
        coverage85: 0.8486,
        interval: {
          lower: 0.826,
          upper: 0.87,
        },
        central90: 0.8868,
        lossRatio: 0.6812,
        calibrationError: 0.0079,
      },
      byTime: {
        coverage85: 0.8238,
        interval: {
          lower: 0.7858,
          upper: 0.8558,
        },
        central90: 0.8671,
        lossRatio: 0.7076,
        calibrationError: 0.0256,
      },
      classicCoverage85: 0.6077,
    },
    {
      days: 364,
      forecasts: 2622,
      byProject: {
        coverage85: 0.853,
        interval: {
          lower: 0.8294,
          upper: 0.876,
        },
        central90: 0.8953,
        lossRatio: 0.6502,
        calibrationError: 0.0102,
      },
      byTime: {
        coverage85: 0.8198,
        interval: {
          lower: 0.7735,
          upper: 0.8591,
        },
        central90: 0.8834,
        lossRatio: 0.6788,
        calibrationError: 0.0236,
      },
      classicCoverage85: 0.5948,
    },
  ],
};
