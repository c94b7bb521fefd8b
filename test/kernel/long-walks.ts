/** Whether there is time for walks of many minutes: `npm test -- --long`. */
export const HAS_TIME = process.env.LVSCTL_LONG_WALKS !== undefined;
