// What an administrator sees and does.
export const steps = {};
