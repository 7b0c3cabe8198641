/** The body a real org most often sends with a status, for faults that name a status alone. */
export function typicalErrorBody(status: number): unknown {
  const [errorCode, message] = TYPICAL[status] ?? ['UNKNOWN_EXCEPTION', 'An unexpected error occurred.'];
  return [{ message, errorCode }];
}

const TYPICAL: Record<number, readonly [errorCode: string, message: string]> = {
  401: ['INVALID_SESSION_ID', 'Session expired or invalid'],
  403: ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'],
  404: ['NOT_FOUND', 'The requested resource does not exist'],
  503: ['SERVER_UNAVAILABLE', 'The service is temporarily unavailable.'],
};
