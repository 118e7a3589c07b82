// The zone the browser lives in, as an IANA name. Asked once per circuit.
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
