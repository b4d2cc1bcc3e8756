/** Words for packages. @module */
export const packageMessages = {} as const;
