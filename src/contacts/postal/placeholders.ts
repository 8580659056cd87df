/** What people write into a field without a value, as letters and digits only. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(
  [
    'na nan none nonegiven nil null undefined unknown unk notapplicable notavailable',
    'notknown notspecified',
    'notprovided notgiven notset unspecified nocountry nodata noaddress nothing false',
    'objectobject empty blank',
    'missing other tbd tba tbc nd x xx xxx zz select selectone selectcountry selectacountry',
    'pleaseselect choose chooseone choosecountry country postalcode zip zipcode ninguno',
    'ninguna desconocido aucun aucune inconnu keine keines unbekannt nenhum nenhuma',
    'desconhecido nessuno nessuna',
  ]
    .join(' ')
    .split(' '),
)

/** Whether a text means that there is no value: `N/A`, `none`, `-`. */
export const isPlaceholder = (text: string): boolean => {
  const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return letters === '' || PLACEHOLDERS.has(letters)
}
