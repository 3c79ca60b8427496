// Written by `npm run bench:fit-prior`: fit again instead of editing.
import type { ShippedPrior } from './prior.ts';

/** What forecasts for real projects turned out to be worth, and how well that held where it was not fitted. */
export const SHIPPED_PRIOR: ShippedPrior = {
  provenance: {
    data: 'done-per-day.csv.gz',
    sha256: '97d044b465d1d1a366cd0932f6bc10559c8b9d3fed20fa5b20125f15bb790df3',
    projects: 23,
    names: [
      'Alloy_Framework',
      'Apache_Mesos',
      'Appcelerator_Daemon',
      'Aptana_Studio',
      'Atlassian_Atlassian_Software_Server',
      'Atlassian_Bamboo_',
      'Atlassian_Confluence_Cloud',
      'Atlassian_Confluence_Server',
      'Atlassian_Crowd',
      'Atlassian_Jira_Cloud',
      'Atlassian_Jira_Server',
      'Atlassian_Software_Cloud',
      'Command-Line_Interface',
      'DotNetNuke_Platform',
      'Hyperledger_Fabric',
      'Lyrasis_Dura_Cloud',
      'Moodle',
      'Mule',
      'Mule_APIkit',
      'Sonatype_Nexus',
      'The_MongoDB_Engineering',
      'The_Mongo_Java_driver',
      'The_Titanium_SDK_',
    ],
    fittedOn: '2026-11-21',
  },
  horizons: [
    {
      days: 7,
      shift: {
        constant: 0.1324,
        overdispersion: -0.127,
        evenness: 0.3066,
      },
      drift: 0.4918,
      sampling: 0.0666,
      trend: 0.2,
      steadiness: 0.57,
      errors: [-1.9146, -1.3638, -1.061, -0.6765, -0.0131, 0.6073, 0.939, 1.2112, 1.633],
    },
    {
      days: 14,
      shift: {
        constant: 0.1281,
        overdispersion: -0.104,
        evenness: 0.3397,
      },
      drift: 0.6656,
      sampling: 0.0901,
      trend: 0.2,
      steadiness: 0.95,
      errors: [-1.6805, -1.3017, -1.0442, -0.6401, -0.0038, 0.6164, 0.9558, 1.161, 1.5826],
    },
    {
      days: 28,
      shift: {
        constant: 0.3459,
        overdispersion: -0.1624,
        evenness: 0.4419,
      },
      drift: 0.5685,
      sampling: 0.0769,
      trend: 0.05,
      steadiness: 0.95,
      errors: [-1.8343, -1.325, -1.0666, -0.6596, -0.019, 0.5888, 0.9334, 1.1743, 1.5651],
    },
    {
      days: 42,
      shift: {
        constant: 0.3925,
        overdispersion: -0.1779,
        evenness: 0.4107,
      },
      drift: 0.5064,
      sampling: 0.113,
      trend: 0,
      steadiness: 0.95,
      errors: [-1.7535, -1.3054, -1.0068, -0.6633, -0.0026, 0.6202, 0.9932, 1.2192, 1.592],
    },
    {
      days: 56,
      shift: {
        constant: 0.4581,
        overdispersion: -0.1914,
        evenness: 0.4683,
      },
      drift: 0.4423,
      sampling: 0.2683,
      trend: 0.05,
      steadiness: 0.95,
      errors: [-1.7368, -1.2562, -1.0034, -0.631, 0.013, 0.6413, 0.9966, 1.2247, 1.5549],
    },
    {
      days: 84,
      shift: {
        constant: 0.7189,
        overdispersion: -0.2744,
        evenness: 0.5314,
      },
      drift: 0.4108,
      sampling: 0.2492,
      trend: -0.1,
      steadiness: 0.95,
      errors: [-1.8349, -1.344, -1.0079, -0.6613, 0.0074, 0.6764, 0.9921, 1.3092, 1.6623],
    },
    {
      days: 126,
      shift: {
        constant: 0.8056,
        overdispersion: -0.3085,
        evenness: 0.5485,
      },
      drift: 0.3758,
      sampling: 1.0214,
      trend: -0.05,
      steadiness: 0.95,
      errors: [-1.7426, -1.2719, -0.9849, -0.5888, 0.0601, 0.6768, 1.0151, 1.2666, 1.6692],
    },
    {
      days: 182,
      shift: {
        constant: 0.7333,
        overdispersion: -0.2956,
        evenness: 0.4108,
      },
      drift: 0.2921,
      sampling: 3.5579,
      trend: 0.15,
      steadiness: 0.95,
      errors: [-1.6923, -1.2146, -0.9489, -0.5853, 0.0824, 0.7013, 1.0511, 1.3038, 1.7471],
    },
    {
      days: 252,
      shift: {
        constant: 0.9148,
        overdispersion: -0.3575,
        evenness: 0.4414,
      },
      drift: 0.4039,
      sampling: 2.9844,
      trend: 0.05,
      steadiness: 0.95,
      errors: [-1.6862, -1.2, -0.9182, -0.578, 0.1181, 0.7436, 1.0818, 1.3231, 1.7016],
    },
    {
      days: 364,
      shift: {
        constant: 0.6361,
        overdispersion: -0.2812,
        evenness: 0.2677,
      },
      drift: 0.4412,
      sampling: 5.3744,
      trend: 0.1,
      steadiness: 0.95,
      errors: [-1.6449, -1.1374, -0.9073, -0.538, 0.1426, 0.7506, 1.0927, 1.3476, 1.7072],
    },
  ],
  learning: {
    rate: 0.3,
    caution: 0.15,
  },
  heldOut: [
    {
      days: 7,
      forecasts: 2879,
      byProject: {
        coverage85: 0.8311,
        interval: {
          lower: 0.8121,
          upper: 0.8493,
        },
        central90: 0.8907,
        lossRatio: 0.9733,
        calibrationError: 0.0166,
      },
      byTime: {
        coverage85: 0.8272,
        interval: {
          lower: 0.8056,
          upper: 0.8487,
        },
        central90: 0.879,
        lossRatio: 0.9849,
        calibrationError: 0.0282,
      },
      classic: {
        daily_30: {
          coverage85: 0.7984,
          interval: {
            lower: 0.7824,
            upper: 0.8133,
          },
          central90: 0.7934,
        },
        daily_90: {
          coverage85: 0.7988,
          interval: {
            lower: 0.7794,
            upper: 0.8157,
          },
          central90: 0.8314,
        },
        daily_all: {
          coverage85: 0.7158,
          interval: {
            lower: 0.6422,
            upper: 0.7782,
          },
          central90: 0.7273,
        },
        weekly_12: {
          coverage85: 0.8163,
          interval: {
            lower: 0.8011,
            upper: 0.8308,
          },
          central90: 0.8299,
        },
        blocks_26: {
          coverage85: 0.8175,
          interval: {
            lower: 0.7987,
            upper: 0.8335,
          },
          central90: 0.8426,
        },
      },
    },
    {
      days: 14,
      forecasts: 2877,
      byProject: {
        coverage85: 0.8393,
        interval: {
          lower: 0.8251,
          upper: 0.8538,
        },
        central90: 0.8928,
        lossRatio: 0.9361,
        calibrationError: 0.0117,
      },
      byTime: {
        coverage85: 0.8349,
        interval: {
          lower: 0.8184,
          upper: 0.8513,
        },
        central90: 0.8747,
        lossRatio: 0.9443,
        calibrationError: 0.0238,
      },
      classic: {
        daily_30: {
          coverage85: 0.7737,
          interval: {
            lower: 0.7572,
            upper: 0.7891,
          },
          central90: 0.7164,
        },
        daily_90: {
          coverage85: 0.7677,
          interval: {
            lower: 0.7499,
            upper: 0.7853,
          },
          central90: 0.7661,
        },
        daily_all: {
          coverage85: 0.6586,
          interval: {
            lower: 0.5784,
            upper: 0.732,
          },
          central90: 0.6028,
        },
        weekly_12: {
          coverage85: 0.7791,
          interval: {
            lower: 0.7615,
            upper: 0.7964,
          },
          central90: 0.7647,
        },
        blocks_26: {
          coverage85: 0.8046,
          interval: {
            lower: 0.7839,
            upper: 0.8244,
          },
          central90: 0.8139,
        },
      },
    },
    {
      days: 28,
      forecasts: 2868,
      byProject: {
        coverage85: 0.8442,
        interval: {
          lower: 0.8252,
          upper: 0.8608,
        },
        central90: 0.8948,
        lossRatio: 0.8907,
        calibrationError: 0.0064,
      },
      byTime: {
        coverage85: 0.841,
        interval: {
          lower: 0.8199,
          upper: 0.8613,
        },
        central90: 0.8842,
        lossRatio: 0.9139,
        calibrationError: 0.0174,
      },
      classic: {
        daily_30: {
          coverage85: 0.732,
          interval: {
            lower: 0.7097,
            upper: 0.7509,
          },
          central90: 0.6082,
        },
        daily_90: {
          coverage85: 0.7314,
          interval: {
            lower: 0.7088,
            upper: 0.7511,
          },
          central90: 0.6829,
        },
        daily_all: {
          coverage85: 0.613,
          interval: {
            lower: 0.5235,
            upper: 0.7022,
          },
          central90: 0.4828,
        },
        weekly_12: {
          coverage85: 0.7388,
          interval: {
            lower: 0.7178,
            upper: 0.7578,
          },
          central90: 0.6946,
        },
        blocks_26: {
          coverage85: 0.7694,
          interval: {
            lower: 0.7474,
            upper: 0.7905,
          },
          central90: 0.7206,
        },
      },
    },
    {
      days: 42,
      forecasts: 2857,
      byProject: {
        coverage85: 0.8428,
        interval: {
          lower: 0.8234,
          upper: 0.8595,
        },
        central90: 0.8961,
        lossRatio: 0.8557,
        calibrationError: 0.008,
      },
      byTime: {
        coverage85: 0.8422,
        interval: {
          lower: 0.8237,
          upper: 0.86,
        },
        central90: 0.8917,
        lossRatio: 0.8789,
        calibrationError: 0.0165,
      },
      classic: {
        daily_30: {
          coverage85: 0.7117,
          interval: {
            lower: 0.6908,
            upper: 0.7291,
          },
          central90: 0.5384,
        },
        daily_90: {
          coverage85: 0.7043,
          interval: {
            lower: 0.6764,
            upper: 0.7284,
          },
          central90: 0.6232,
        },
        daily_all: {
          coverage85: 0.5991,
          interval: {
            lower: 0.504,
            upper: 0.6863,
          },
          central90: 0.426,
        },
        weekly_12: {
          coverage85: 0.7096,
          interval: {
            lower: 0.6859,
            upper: 0.7295,
          },
          central90: 0.6256,
        },
        blocks_26: {
          coverage85: 0.4941,
          interval: {
            lower: 0.4639,
            upper: 0.5195,
          },
          central90: 0.5668,
        },
      },
    },
    {
      days: 56,
      forecasts: 2848,
      byProject: {
        coverage85: 0.8432,
        interval: {
          lower: 0.822,
          upper: 0.8604,
        },
        central90: 0.8949,
        lossRatio: 0.835,
        calibrationError: 0.0084,
      },
      byTime: {
        coverage85: 0.8432,
        interval: {
          lower: 0.8172,
          upper: 0.8649,
        },
        central90: 0.8873,
        lossRatio: 0.8583,
        calibrationError: 0.0165,
      },
      classic: {
        daily_30: {
          coverage85: 0.6985,
          interval: {
            lower: 0.6768,
            upper: 0.7161,
          },
          central90: 0.493,
        },
        daily_90: {
          coverage85: 0.6818,
          interval: {
            lower: 0.6538,
            upper: 0.7063,
          },
          central90: 0.5727,
        },
        daily_all: {
          coverage85: 0.5893,
          interval: {
            lower: 0.4887,
            upper: 0.6839,
          },
          central90: 0.3861,
        },
        weekly_12: {
          coverage85: 0.6876,
          interval: {
            lower: 0.6637,
            upper: 0.7089,
          },
          central90: 0.5827,
        },
        blocks_26: {
          coverage85: 0.7233,
          interval: {
            lower: 0.694,
            upper: 0.7474,
          },
          central90: 0.6458,
        },
      },
    },
    {
      days: 84,
      forecasts: 2830,
      byProject: {
        coverage85: 0.8448,
        interval: {
          lower: 0.8198,
          upper: 0.8644,
        },
        central90: 0.8921,
        lossRatio: 0.7969,
        calibrationError: 0.0101,
      },
      byTime: {
        coverage85: 0.8427,
        interval: {
          lower: 0.8174,
          upper: 0.8661,
        },
        central90: 0.8942,
        lossRatio: 0.8318,
        calibrationError: 0.0164,
      },
      classic: {
        daily_30: {
          coverage85: 0.6626,
          interval: {
            lower: 0.6373,
            upper: 0.685,
          },
          central90: 0.4161,
        },
        daily_90: {
          coverage85: 0.6641,
          interval: {
            lower: 0.6347,
            upper: 0.6913,
          },
          central90: 0.5026,
        },
        daily_all: {
          coverage85: 0.559,
          interval: {
            lower: 0.4581,
            upper: 0.6606,
          },
          central90: 0.3248,
        },
        weekly_12: {
          coverage85: 0.6669,
          interval: {
            lower: 0.6401,
            upper: 0.6918,
          },
          central90: 0.5038,
        },
        blocks_26: {
          coverage85: 0.6834,
          interval: {
            lower: 0.6536,
            upper: 0.7113,
          },
          central90: 0.5766,
        },
      },
    },
    {
      days: 126,
      forecasts: 2799,
      byProject: {
        coverage85: 0.8444,
        interval: {
          lower: 0.8173,
          upper: 0.8671,
        },
        central90: 0.8955,
        lossRatio: 0.7546,
        calibrationError: 0.0099,
      },
      byTime: {
        coverage85: 0.8459,
        interval: {
          lower: 0.8192,
          upper: 0.8709,
        },
        central90: 0.8934,
        lossRatio: 0.7912,
        calibrationError: 0.0144,
      },
      classic: {
        daily_30: {
          coverage85: 0.649,
          interval: {
            lower: 0.625,
            upper: 0.6744,
          },
          central90: 0.3331,
        },
        daily_90: {
          coverage85: 0.6483,
          interval: {
            lower: 0.6191,
            upper: 0.6809,
          },
          central90: 0.428,
        },
        daily_all: {
          coverage85: 0.5537,
          interval: {
            lower: 0.4516,
            upper: 0.664,
          },
          central90: 0.2603,
        },
        weekly_12: {
          coverage85: 0.6442,
          interval: {
            lower: 0.616,
            upper: 0.6727,
          },
          central90: 0.4319,
        },
        blocks_26: {
          coverage85: 0.5571,
          interval: {
            lower: 0.5236,
            upper: 0.5955,
          },
          central90: 0.4635,
        },
      },
    },
    {
      days: 182,
      forecasts: 2759,
      byProject: {
        coverage85: 0.8403,
        interval: {
          lower: 0.8116,
          upper: 0.8637,
        },
        central90: 0.8923,
        lossRatio: 0.7175,
        calibrationError: 0.0118,
      },
      byTime: {
        coverage85: 0.8343,
        interval: {
          lower: 0.8039,
          upper: 0.8604,
        },
        central90: 0.8834,
        lossRatio: 0.7446,
        calibrationError: 0.0146,
      },
      classic: {
        daily_30: {
          coverage85: 0.6404,
          interval: {
            lower: 0.6182,
            upper: 0.6619,
          },
          central90: 0.276,
        },
        daily_90: {
          coverage85: 0.6227,
          interval: {
            lower: 0.5857,
            upper: 0.6573,
          },
          central90: 0.3494,
        },
        daily_all: {
          coverage85: 0.5509,
          interval: {
            lower: 0.4415,
            upper: 0.6631,
          },
          central90: 0.219,
        },
        weekly_12: {
          coverage85: 0.6236,
          interval: {
            lower: 0.5909,
            upper: 0.6561,
          },
          central90: 0.3436,
        },
        blocks_26: {
          coverage85: 0.552,
          interval: {
            lower: 0.5123,
            upper: 0.5906,
          },
          central90: 0.3854,
        },
      },
    },
    {
      days: 252,
      forecasts: 2709,
      byProject: {
        coverage85: 0.8426,
        interval: {
          lower: 0.8119,
          upper: 0.869,
        },
        central90: 0.8878,
        lossRatio: 0.6971,
        calibrationError: 0.01,
      },
      byTime: {
        coverage85: 0.827,
        interval: {
          lower: 0.7933,
          upper: 0.8564,
        },
        central90: 0.8766,
        lossRatio: 0.7138,
        calibrationError: 0.0168,
      },
      classic: {
        daily_30: {
          coverage85: 0.6248,
          interval: {
            lower: 0.599,
            upper: 0.6498,
          },
          central90: 0.2234,
        },
        daily_90: {
          coverage85: 0.6077,
          interval: {
            lower: 0.5649,
            upper: 0.6498,
          },
          central90: 0.283,
        },
        daily_all: {
          coverage85: 0.5435,
          interval: {
            lower: 0.426,
            upper: 0.6559,
          },
          central90: 0.1835,
        },
        weekly_12: {
          coverage85: 0.6088,
          interval: {
            lower: 0.5718,
            upper: 0.6436,
          },
          central90: 0.2869,
        },
        blocks_26: {
          coverage85: 0.5974,
          interval: {
            lower: 0.5453,
            upper: 0.6426,
          },
          central90: 0.3413,
        },
      },
    },
    {
      days: 364,
      forecasts: 2622,
      byProject: {
        coverage85: 0.836,
        interval: {
          lower: 0.8024,
          upper: 0.8655,
        },
        central90: 0.8906,
        lossRatio: 0.6582,
        calibrationError: 0.0121,
      },
      byTime: {
        coverage85: 0.814,
        interval: {
          lower: 0.7724,
          upper: 0.849,
        },
        central90: 0.8679,
        lossRatio: 0.69,
        calibrationError: 0.0183,
      },
      classic: {
        daily_30: {
          coverage85: 0.6146,
          interval: {
            lower: 0.5832,
            upper: 0.6462,
          },
          central90: 0.1773,
        },
        daily_90: {
          coverage85: 0.5948,
          interval: {
            lower: 0.555,
            upper: 0.6342,
          },
          central90: 0.2295,
        },
        daily_all: {
          coverage85: 0.5334,
          interval: {
            lower: 0.4116,
            upper: 0.6569,
          },
          central90: 0.145,
        },
        weekly_12: {
          coverage85: 0.5969,
          interval: {
            lower: 0.5554,
            upper: 0.6355,
          },
          central90: 0.2334,
        },
        blocks_26: {
          coverage85: 0.5796,
          interval: {
            lower: 0.5228,
            upper: 0.6301,
          },
          central90: 0.2601,
        },
      },
    },
  ],
};
