export { extractNumbers, type NumberRange } from './extract-numbers.ts';
export {
  checkDialRules,
  dialTarget,
  type DialRewrite,
  type DialRuleProblem,
  type DialRules,
  type DialTarget,
} from './dial-rules.ts';
export { formatE164, formatNumber, type FormattedNumber } from './format-number.ts';
export { loadNumberMetadata, numberValidity } from './number-metadata.ts';
export { numberKey, sameNumber } from './number-key.ts';
export {
  parseNumber,
  type NumberContext,
  type NumberError,
  type NumberFault,
  type NumberKind,
  type PhoneNumber,
} from './phone-number.ts';
