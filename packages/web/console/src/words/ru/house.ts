// Russian: terminals, tasks, sources, settings.

export const house = {}
