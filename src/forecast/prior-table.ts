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
  learningRate: 0.5,
  heldOut: [
    {
      days: 7,
      forecasts: 2879,
      byProject: {
        coverage85: 0.8357,
        interval: {
          lower: 0.8214,
          upper: 0.8498,
        },
        central90: 0.8895,
        lossRatio: 0.976,
        calibrationError: 0.0139,
      },
      byTime: {
        coverage85: 0.8357,
        interval: {
          lower: 0.8197,
          upper: 0.8511,
        },
        central90: 0.8868,
        lossRatio: 0.9832,
        calibrationError: 0.0283,
      },
      classicCoverage85: 0.7988,
    },
    {
      days: 14,
      forecasts: 2877,
      byProject: {
        coverage85: 0.8344,
        interval: {
          lower: 0.8226,
          upper: 0.845,
        },
        central90: 0.891,
        lossRatio: 0.9512,
        calibrationError: 0.0113,
      },
      byTime: {
        coverage85: 0.8282,
        interval: {
          lower: 0.8155,
          upper: 0.8403,
        },
        central90: 0.875,
        lossRatio: 0.9648,
        calibrationError: 0.0278,
      },
      classicCoverage85: 0.7677,
    },
    {
      days: 28,
      forecasts: 2868,
      byProject: {
        coverage85: 0.8429,
        interval: {
          lower: 0.8314,
          upper: 0.8545,
        },
        central90: 0.8926,
        lossRatio: 0.9093,
        calibrationError: 0.0082,
      },
      byTime: {
        coverage85: 0.8369,
        interval: {
          lower: 0.8223,
          upper: 0.8495,
        },
        central90: 0.8891,
        lossRatio: 0.9329,
        calibrationError: 0.0203,
      },
      classicCoverage85: 0.7314,
    },
    {
      days: 42,
      forecasts: 2857,
      byProject: {
        coverage85: 0.8447,
        interval: {
          lower: 0.8332,
          upper: 0.8563,
        },
        central90: 0.8924,
        lossRatio: 0.869,
        calibrationError: 0.0072,
      },
      byTime: {
        coverage85: 0.8407,
        interval: {
          lower: 0.8274,
          upper: 0.8522,
        },
        central90: 0.8927,
        lossRatio: 0.8896,
        calibrationError: 0.0154,
      },
      classicCoverage85: 0.7043,
    },
    {
      days: 56,
      forecasts: 2848,
      byProject: {
        coverage85: 0.8432,
        interval: {
          lower: 0.8311,
          upper: 0.8553,
        },
        central90: 0.8949,
        lossRatio: 0.8474,
        calibrationError: 0.0112,
      },
      byTime: {
        coverage85: 0.8398,
        interval: {
          lower: 0.8237,
          upper: 0.8535,
        },
        central90: 0.8839,
        lossRatio: 0.8726,
        calibrationError: 0.0177,
      },
      classicCoverage85: 0.6818,
    },
    {
      days: 84,
      forecasts: 2830,
      byProject: {
        coverage85: 0.8441,
        interval: {
          lower: 0.8306,
          upper: 0.8576,
        },
        central90: 0.8916,
        lossRatio: 0.8076,
        calibrationError: 0.0065,
      },
      byTime: {
        coverage85: 0.8362,
        interval: {
          lower: 0.8169,
          upper: 0.8531,
        },
        central90: 0.8901,
        lossRatio: 0.8329,
        calibrationError: 0.0181,
      },
      classicCoverage85: 0.6641,
    },
    {
      days: 126,
      forecasts: 2799,
      byProject: {
        coverage85: 0.8435,
        interval: {
          lower: 0.8261,
          upper: 0.8605,
        },
        central90: 0.8921,
        lossRatio: 0.7597,
        calibrationError: 0.0107,
      },
      byTime: {
        coverage85: 0.8407,
        interval: {
          lower: 0.8148,
          upper: 0.8628,
        },
        central90: 0.8889,
        lossRatio: 0.791,
        calibrationError: 0.0159,
      },
      classicCoverage85: 0.6483,
    },
    {
      days: 182,
      forecasts: 2759,
      byProject: {
        coverage85: 0.8449,
        interval: {
          lower: 0.8258,
          upper: 0.8638,
        },
        central90: 0.8857,
        lossRatio: 0.7181,
        calibrationError: 0.0079,
      },
      byTime: {
        coverage85: 0.8391,
        interval: {
          lower: 0.8122,
          upper: 0.8627,
        },
        central90: 0.8759,
        lossRatio: 0.7381,
        calibrationError: 0.0199,
      },
      classicCoverage85: 0.6227,
    },
    {
      days: 252,
      forecasts: 2709,
      byProject: {
        coverage85: 0.8434,
        interval: {
          lower: 0.8214,
          upper: 0.8654,
        },
        central90: 0.8808,
        lossRatio: 0.6821,
        calibrationError: 0.009,
      },
      byTime: {
        coverage85: 0.8291,
        interval: {
          lower: 0.7998,
          upper: 0.8554,
        },
        central90: 0.8675,
        lossRatio: 0.7045,
        calibrationError: 0.0258,
      },
      classicCoverage85: 0.6077,
    },
    {
      days: 364,
      forecasts: 2622,
      byProject: {
        coverage85: 0.8471,
        interval: {
          lower: 0.8216,
          upper: 0.8709,
        },
        central90: 0.8882,
        lossRatio: 0.6507,
        calibrationError: 0.0111,
      },
      byTime: {
        coverage85: 0.8247,
        interval: {
          lower: 0.7833,
          upper: 0.8608,
        },
        central90: 0.8769,
        lossRatio: 0.6767,
        calibrationError: 0.0238,
      },
      classicCoverage85: 0.5948,
    },
  ],
};
