/**
 * How the numbers of some calling codes are grouped: `leading digits=template` rules, the first that fits counts; behind `|`
 * the form used inside the country where it is not the trunk prefix and the same groups. Everything else waits for the
 * metadata and is grouped in threes and fours until then (national conventions as collected in ITU-T E.123 and libphonenumber).
 */
const FORMATS: Readonly<Record<string, string>> = {
  1: '=### ### ####|(###) ###-####',
  30: '21=## #### ####;=### ### ####',
  31: '6=# ########;1,2,3,4,5,7=## ### ####',
  32: '4=### ## ## ##;2,3,9=# ### ## ##;=## ## ## ##',
  33: '8=### ## ## ##|0 ### ## ## ##;=# ## ## ## ##',
  34: '800,900=### ### ###;=### ## ## ##',
  351: '21,22=## ### ####;=### ### ###',
  353: '1=# ### ####|(0#) ### ####;8=## ### ####',
  39: '06,02=## #### ####;3=### ### ####',
  41: '8,90=### ### ###;=## ### ## ##',
  44: '2=## #### ####;7=#### ######;11,121,131,141,151,161,171,181,191,3,8,9=### ### ####;1=#### ######',
  45: '=## ## ## ##',
  47: '8=### ## ###;=## ## ## ##',
  48: '5,60,66,69,72,73,78,79,88=### ### ###;=## ### ## ##',
  49: '30,40,69,89=## ########;15=#### #######;16,17=### ########',
  52: '33,55,56,81=## #### ####;=### ### ####',
  55: '=## #####-####|(##) #####-####;=## ####-####|(##) ####-####',
  61: '4=### ### ###;2,3,7,8=# #### ####|(0#) #### ####',
  64: '3,4,6,7,9=# ### ####',
  65: '=#### ####',
  7: '=### ###-##-##|8 (###) ###-##-##',
  81: '70,80,90=##-####-####;3,6=#-####-####',
  82: '2=#-####-####;10=##-####-####',
  852: '=#### ####',
  86: '1=### #### ####|### #### ####;2=## #### ####',
  91: '6,7,8,9=##### #####',
};

function fill(template: string, digits: string): string {
  let at = 0;
  return template.replace(/#/g, () => digits[at++] ?? '');
}

/** Groups national digits by the table: both forms, or undefined where the table has none. */
export function groupedByTable(
  callingCode: string,
  trunk: string,
  digits: string,
): { national: string; international: string } | undefined {
  for (const rule of FORMATS[callingCode]?.split(';') ?? []) {
    const [leading = '', templates = ''] = rule.split('=');
    const [international = '', national] = templates.split('|');
    const room = international.split('#').length - 1;
    if (room !== digits.length || !leading.split(',').some((start) => digits.startsWith(start))) continue;
    const groups = fill(international, digits);
    return {
      international: groups.replaceAll('-', ' '),
      national: national === undefined ? trunk + groups : fill(national, digits),
    };
  }
  return undefined;
}

/** Groups of three with a last one of four where needed: readable for any length. */
export function groupedPlainly(digits: string): string {
  if (digits.length < 6) return digits;
  if (digits.length === 8) return `${digits.slice(0, 4)} ${digits.slice(4)}`;
  const last = digits.length % 3 === 0 ? 3 : digits.length % 3 === 1 ? 4 : 2;
  return `${digits.slice(0, -last).replace(/(\d{3})(?=\d)/g, '$1 ')} ${digits.slice(-last)}`;
}
