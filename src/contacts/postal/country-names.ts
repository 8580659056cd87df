/**
 * Names in use beside those of ISO and Unicode: former, short and official ones, parts with a post office in common, and those
 * in a country's own language that the Unicode data at run time lacks.
 */
export const OTHER_NAMES: readonly (readonly [code: string, ...names: readonly string[]])[] = [
  ['AE', 'UAE', 'الإمارات'],
  ['AG', 'Antigua'],
  ['AL', 'Shqipëri', 'Shqipëria'],
  ['AM', 'Հայաստան', 'Hayastan'],
  ['AX', 'Åland'],
  ['AZ', 'Azərbaycan'],
  ['BA', 'Bosna i Hercegovina'],
  ['BY', 'Беларусь'],
  ['CD', 'DR Congo', 'DRC', 'Zaire'],
  ['CG', 'Republic of the Congo'],
  ['CI', 'Ivory Coast', 'Cote d Ivoire', 'Cote de Ivoire', "Republic of Côte d'Ivoire"],
  ['CN', "People's Republic of China", 'PRC', 'Mainland China', 'P.R. China', 'Zhongguo'],
  ['CZ', 'Czech Republic', 'Česká republika'],
  ['DE', 'Federal Republic of Germany', 'Bundesrepublik Deutschland', 'BRD'],
  ['ER', 'ኤርትራ'],
  ['ET', 'Ityop’ia', 'ኢትዮጵያ'],
  ['FK', 'Falkland Islands'],
  ['FO', 'Føroyar'],
  ['FR', 'République française'],
  [
    'GB',
    'Great Britain',
    'Britain',
    'England',
    'Scotland',
    'Wales',
    'Northern Ireland',
    'Cymru',
    'Alba',
  ],
  ['GE', 'საქართველო', 'Sakartvelo'],
  ['GG', 'Guernsey, Channel Islands'],
  ['GL', 'Kalaallit Nunaat'],
  ['GR', 'Hellas', 'Ellada', 'Ελλάς'],
  ['HK', 'Hong Kong SAR', 'Hong Kong SAR China', 'Hong Kong, China', '香港'],
  ['HT', 'Ayiti'],
  ['IE', 'Republic of Ireland', 'Eire', 'Éire'],
  ['IN', 'Bharat'],
  ['IS', 'Ísland'],
  ['JE', 'Jersey, Channel Islands'],
  ['JP', 'にほん', 'にっぽん', 'Nippon', 'Nihon', '日本国'],
  ['KG', 'Kyrgyz Republic', 'Кыргызстан'],
  ['KH', 'កម្ពុជា'],
  ['KR', 'Korea', 'S. Korea', '한국', 'Hanguk'],
  ['KZ', 'Қазақстан', 'Qazaqstan'],
  ['LA', 'ລາວ'],
  ['LK', 'ශ්‍රී ලංකාව'],
  ['LU', 'Lëtzebuerg'],
  ['LY', 'Libyan Arab Jamahiriya'],
  ['ME', 'Crna Gora'],
  ['MG', 'Madagasikara'],
  [
    'MK',
    'Macedonia',
    'Republic of Macedonia',
    'Former Yugoslav Republic of Macedonia',
    'Северна Македонија',
    'Македонија',
  ],
  ['MM', 'Burma', 'မြန်မာ'],
  ['MN', 'Монгол', 'Монгол улс'],
  ['MO', 'Macau', 'Macao SAR China', '澳門', '澳门'],
  ['MP', 'Northern Marianas', 'CNMI', 'Commonwealth of the Northern Mariana Islands'],
  ['NL', 'Holland', 'the Netherlands', 'Kingdom of the Netherlands'],
  ['NO', 'Noreg'],
  ['NP', 'नेपाल'],
  ['NZ', 'Aotearoa'],
  ['PK', 'پاکستان'],
  ['PR', 'Porto Rico', 'Commonwealth of Puerto Rico'],
  [
    'PS',
    'Palestine',
    'Palestinian Territories',
    'Palestinian Territory',
    'Occupied Palestinian Territory',
  ],
  ['RS', 'Srbija'],
  ['RU', 'Rossiya', 'Российская Федерация'],
  ['SA', 'السعودية', 'KSA'],
  ['SK', 'Slovak Republic', 'Slovenská republika'],
  ['SO', 'Soomaaliya'],
  ['SZ', 'Swaziland'],
  ['TH', 'ประเทศไทย'],
  ['TJ', 'Тоҷикистон'],
  ['TL', 'East Timor'],
  ['TM', 'Türkmenistan'],
  ['TR', 'Turkey'],
  ['TT', 'Trinidad'],
  ['TW', 'Republic of China', 'ROC', '臺灣', '台灣', '台湾'],
  ['UA', 'Ukrayina'],
  [
    'US',
    'USA',
    'America',
    'US of A',
    'United States America',
    'EUA',
    'EEUU',
    'EE UU',
    'Estados Unidos de América',
    "États-Unis d'Amérique",
    'Vereinigte Staaten von Amerika',
    "Stati Uniti d'America",
    'Соединенные Штаты Америки',
    'США',
    'アメリカ',
    '米国',
  ],
  ['UZ', 'Oʻzbekiston'],
  ['VA', 'Vatican', 'Holy See (Vatican City State)'],
  [
    'VI',
    'Virgin Islands',
    'USVI',
    'Virgin Islands (US)',
    'Virgin Islands of the United States',
    'United States Virgin Islands',
  ],
  ['XK', 'Kosova'],
  ['ZA', 'Republic of South Africa', 'Suid-Afrika'],
]

/** Languages in which a country's name is understood, those of the countries themselves among them. */
export const LANGUAGES: readonly string[] = (
  'es fr de pt it nl ru uk ar zh zh-Hant ja ko pl cs sk hu ro bg el tr he fa hi bn ta th vi id ms fil sw am ' +
  'sv da nb fi et lv lt sl hr sr ca'
).split(' ')

/** What people write into a field that they have nothing for, as letters and digits only. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(
  (
    'na nan none nonegiven nil null undefined unknown unk notapplicable notavailable notknown notspecified notprovided notgiven notset ' +
    'unspecified nocountry nodata noaddress nothing false objectobject empty blank missing other tbd tba tbc nd x xx xxx zz select selectone ' +
    'selectcountry selectacountry pleaseselect choose chooseone choosecountry country postalcode zip zipcode ninguno ' +
    'ninguna desconocido aucun aucune inconnu keine keines unbekannt nenhum nenhuma desconhecido nessuno nessuna'
  ).split(' '),
)

/** Whether a text stands for nothing: `N/A`, `none`, `-`. */
export const isPlaceholder = (text: string): boolean => {
  const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return letters === '' || PLACEHOLDERS.has(letters)
}
