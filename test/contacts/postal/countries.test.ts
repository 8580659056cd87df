import { describe, expect, it } from 'vitest'
import { countryCode, countryName, isNoCountry } from '../../../src/contacts/postal/countries.ts'
import {
  countrySortName,
  postalDestination,
} from '../../../src/contacts/postal/postal-destination.ts'

describe('a country', () => {
  it.each([
    ['US', ['United States', 'united states of america', 'The United States', 'USA', 'U.S.A.']],
    ['US', ['us', 'U.S.', 'usa', '840', 'America']],
    ['GB', ['United Kingdom', 'UK', 'u.k.', 'Great Britain', 'England', 'Scotland', 'GBR', '826']],
    ['DE', ['Germany', 'de', 'DEU', 'Federal Republic of Germany']],
    ['KR', ['South Korea', 'Korea, Republic of', 'Republic of Korea', 'Korea (South)', 'Korea']],
    ['KP', ['North Korea', 'Korea, Democratic People’s Republic of']],
    ['TR', ['Türkiye', 'TURKIYE', 'Turkey']],
    ['CI', ["Côte d'Ivoire", 'Cote d’Ivoire', 'Ivory Coast']],
    ['CZ', ['Czechia', 'Czech Republic', 'The Czech Republic']],
    ['RU', ['Russia', 'Russian Federation']],
    ['VN', ['Vietnam', 'Viet Nam']],
    ['HK', ['Hong Kong', 'Hong Kong SAR China']],
    ['CD', ['Congo, the Democratic Republic of the', 'Democratic Republic of the Congo']],
    ['CG', ['Congo', 'Republic of the Congo']],
    ['NL', ['Netherlands', 'The Netherlands', 'Holland']],
    ['BA', ['Bosnia and Herzegovina', 'Bosnia & Herzegovina', 'Bosnia-Herzegovina', 'Bosnia']],
    ['KN', ['Saint Kitts and Nevis', 'St. Kitts & Nevis']],
    ['VI', ['Virgin Islands, U.S.', 'US Virgin Islands']],
    ['TZ', ['Tanzania, United Republic of', 'Tanzania']],
    ['XK', ['Kosovo', 'XK']],
    [
      'US',
      ['U. S. A.', 'u s a', 'U.S.A', 'U S of A', '(USA)', 'The U.S.', 'EE.UU.', 'EE. UU.', 'EUA'],
    ],
    [
      'US',
      ['USA (United States)', 'United States (USA)', 'US - United States', 'USA/Estados Unidos'],
    ],
    [
      'US',
      ['Estados Unidos', 'États-Unis', 'Etats Unis', 'Vereinigte Staaten', 'США', '美国', '미국'],
    ],
    [
      'GB',
      ['England, UK', 'Scotland (United Kingdom)', 'U. K.', 'G.B.', 'Great Britain/UK', 'Cymru'],
    ],
    [
      'DE',
      ['Deutschland', 'DEUTSCHLAND', 'Germany (Deutschland)', 'DE - Germany', 'Alemania', 'BRD'],
    ],
    ['ES', ['España', 'Espana', 'ESPAÑA', 'Espagne', 'Spanien', 'Spain / España']],
    ['JP', ['日本', '日本国', 'Nippon', 'にほん', 'Japón']],
    ['CN', ['中国', '中國', 'P. R. China', 'PRC']],
    ['TW', ['台灣', '臺灣', '台湾', 'Republic of China', 'Taiwan, Province of China']],
    ['KR', ['대한민국', '한국']],
    ['CH', ['Schweiz', 'Suisse', 'Svizzera', 'Switzerland (Schweiz)']],
    ['BE', ['België', 'Belgique', 'Belgien']],
    ['AT', ['Österreich', 'Osterreich']],
    ['IT', ['Italia', 'Italie']],
    ['NL', ['Nederland', 'NEDERLAND', 'Pays-Bas']],
    ['BR', ['Brasil', 'Brésil']],
    ['MX', ['México', 'Mexique']],
    ['FI', ['Suomi', 'Finnland']],
    ['SE', ['Sverige']],
    ['NO', ['Norge', 'Noreg', 'Norwegen']],
    ['DK', ['Danmark']],
    ['IS', ['Ísland']],
    ['IE', ['Éire']],
    ['PL', ['Polska']],
    ['CZ', ['Česko', 'Česká republika']],
    ['SK', ['Slovensko']],
    ['HU', ['Magyarország']],
    ['RO', ['România']],
    ['HR', ['Hrvatska']],
    ['RS', ['Србија', 'Srbija']],
    ['BG', ['България']],
    ['GR', ['Ελλάδα', 'Ελλάς', 'Hellas']],
    ['RU', ['Россия', 'РОССИЯ', 'Российская Федерация']],
    ['UA', ['Україна', 'Украина']],
    ['GE', ['საქართველო', 'Georgia']],
    ['US', ['Georgia, USA', 'Georgia (United States)']],
    ['AM', ['Հայաստան']],
    ['IL', ['ישראל']],
    ['EG', ['مصر']],
    ['SA', ['المملكة العربية السعودية', 'السعودية']],
    ['IN', ['भारत']],
    ['TH', ['ไทย', 'ประเทศไทย']],
    ['VN', ['Việt Nam']],
    ['ET', ['ኢትዮጵያ']],
    ['HT', ['Haïti', 'Ayiti']],
    ['CI', ['COTE D IVOIRE', 'Côte dʼIvoire']],
    ['PR', ['Puerto Rico, USA', 'Puerto Rico (US)', 'Commonwealth of Puerto Rico']],
    ['VI', ['Virgin Islands', 'USVI', 'U.S.V.I.', 'United States Virgin Islands']],
    ['VG', ['British Virgin Islands', 'Virgin Islands, British']],
    ['MP', ['Northern Mariana Islands', 'CNMI']],
    ['NA', ['Namibia', 'NA', 'na']],
    ['JE', ['Jersey', 'Jersey, Channel Islands']],
    [
      undefined,
      ['Áo (Narnia)', 'Florida, USA', 'New Jersey', 'Kongo', 'Narnia (Utopia)', '()', ' - '],
    ],
    [undefined, ['', '-', 'Narnia', 'Europe', 'ZZ', 'EU', 'Republic']],
  ])('%s is known by each of %j', (code, names) => {
    for (const name of names) expect([name, countryCode(name)]).toEqual([name, code])
  })

  it.each([
    ['DE', 'Germany'],
    ['deu', 'Germany'],
    ['276', 'Germany'],
    ['UK', 'United Kingdom'],
    ['USA', 'United States'],
    ['Deutschland', 'Deutschland'],
    ['Great Britain', 'Great Britain'],
    ['ZZ', 'ZZ'],
  ])('%s is called %s', (stored, name) => {
    expect(countryName(stored)).toBe(name)
  })

  it.each([
    'N/A',
    'n/a',
    'N.A.',
    'none given',
    'NaN',
    'false',
    '[object Object]',
    'none',
    'None',
    '(none)',
    '-',
    '--',
    '—',
    '.',
    '?',
    '0',
    '00000',
    '',
    ' ',
    'null',
    'undefined',
    'Unknown',
    'not applicable',
    'Not Specified',
    'XX',
    'x',
    'Select a country',
  ])('is not what %j means', (text) => {
    expect(isNoCountry(text)).toBe(true)
  })

  it.each(['NA', 'no', 'Narnia', 'Germany', '840', '日本', 'U. S. A.', 'NO', 'Oman'])(
    'can be what %j means',
    (text) => {
      expect(isNoCountry(text)).toBe(false)
    },
  )

  it.each([
    ['Deutschland', 'Germany', true],
    ['U. S. A.', 'United States', true],
    ['Germany', 'DE', true],
    ['Germany', 'France', false],
    ['Guinea', 'Guinea-Bissau', false],
    ['Dominica', 'Dominican Republic', false],
    ['South Korea', 'North Korea', false],
    ['Narnia', 'the narnia', true],
    ['Narnia', 'Utopia', false],
    ['Narnia', '', false],
    ['Germany', '', false],
    ['Puerto Rico', 'USA', true],
    ['Puerto Rico', 'Guam', true],
    ['Puerto Rico', 'Mexico', false],
  ])('%j and %j have one post office: %j', (one, other, expected) => {
    expect(postalDestination(one) === postalDestination(other)).toBe(expected)
  })

  it.each([
    ['de', 'GERMANY'],
    ['Deutschland', 'GERMANY'],
    ['U.S.A.', 'UNITED STATES'],
    ['Narnia', 'NARNIA'],
  ])('%j is ordered as %j', (country, name) => {
    expect(countrySortName(country)).toBe(name)
  })
})
