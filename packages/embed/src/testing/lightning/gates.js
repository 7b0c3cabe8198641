// Evaluated before the sandbox: what an org's release turns on is off in the package until somebody says so.
import { LWS_DEFAULT_GATER_FEATURES, registerGaterEnabledFeatures } from '@locker/shared';

if (new URLSearchParams(location.search).get('gates') === 'on')
  registerGaterEnabledFeatures([...LWS_DEFAULT_GATER_FEATURES]);
