/** Label of pods that a rehearsal adds; those of Jobs go on running, though nothing runs in them. */
export const REHEARSAL_LABEL = 'aicc.internal/rehearsal';
