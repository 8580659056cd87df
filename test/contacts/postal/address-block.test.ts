import { describe, expect, it } from 'vitest'
import { addressBlockOf } from '../../../src/contacts/postal/address-block.ts'
import { mailingContact } from '../../helpers/mailing-contact.ts'

type Place = readonly [
  street: string | null,
  city: string | null,
  state: string | null,
  postalCode: string | null,
]

/** The lines below the greeting. */
function lines(place: Place, country: string | null, homeCountry: string | null) {
  const [street, city, state, postalCode] = place
  const block = addressBlockOf(
    mailingContact({ homeCountry, address: { street, city, state, postalCode, country } }),
  )
  const [greeting, ...rest] = block.split('\n')
  expect(greeting).toBe('John and Jane Doe')
  return rest
}

const ORLANDO: Place = ['100 Lake Hart Dr', 'Orlando', 'FL', '32832']

describe('an address block', () => {
  it.each<[code: string, name: string, Place, lines: string[]]>([
    ['US', 'United States', ORLANDO, ['100 Lake Hart Dr', 'Orlando, FL 32832']],
    [
      'GB',
      'United Kingdom',
      ['10 Downing Street', 'London', 'Greater London', 'SW1A 2AA'],
      ['10 Downing Street', 'London', 'SW1A 2AA'],
    ],
    [
      'DE',
      'Germany',
      ['Unter den Linden 1', 'Berlin', 'Berlin', '10117'],
      ['Unter den Linden 1', '10117 Berlin'],
    ],
    [
      'FR',
      'France',
      ['25 rue de l’Église', 'Lyon', 'Rhône', '69005'],
      ['25 rue de l’Église', '69005 Lyon'],
    ],
    [
      'SE',
      'Sweden',
      ['Storgatan 1', 'Stockholm', '', '111 22'],
      ['Storgatan 1', 'SE-111 22 Stockholm'],
    ],
    [
      'JP',
      'Japan',
      ['1-2-3 Jingumae', 'Shibuya-ku', 'Tokyo', '150-0001'],
      ['1-2-3 Jingumae', 'Shibuya-ku, Tokyo', '150-0001'],
    ],
    [
      'BR',
      'Brazil',
      ['Avenida Paulista 1', 'São Paulo', 'SP', '01310-100'],
      ['Avenida Paulista 1', 'São Paulo-SP', '01310-100'],
    ],
    [
      'CA',
      'Canada',
      ['20281 Industrial Ave', 'Langley', 'BC', 'V3A 4K7'],
      ['20281 Industrial Ave', 'Langley BC V3A 4K7'],
    ],
    [
      'NL',
      'Netherlands',
      ['Dam 1', 'Amsterdam', 'Noord-Holland', '1012 JS'],
      ['Dam 1', '1012 JS Amsterdam'],
    ],
    [
      'KR',
      'South Korea',
      ['110 Sejong-daero', 'Jung-gu', 'Seoul', '04524'],
      ['110 Sejong-daero', 'Jung-gu', 'Seoul', '04524'],
    ],
    [
      'AU',
      'Australia',
      ['1 George St', 'Sydney', 'NSW', '2000'],
      ['1 George St', 'Sydney NSW 2000'],
    ],
    [
      'ZA',
      'South Africa',
      ['1 Long Street', 'Cape Town', 'Western Cape', '8001'],
      ['1 Long Street', 'Cape Town', '8001'],
    ],
  ])('is laid out for %s, at home and abroad', (code, name, place, expected) => {
    expect(lines(place, name, name)).toEqual(expected)
    expect(lines(place, code, name)).toEqual(expected)
    expect(lines(place, name, code)).toEqual(expected)
    expect(lines(place, null, name)).toEqual(expected)
    expect(lines(place, name, 'Kenya')).toEqual([...expected, name.toUpperCase()])
    expect(lines(place, code, 'Kenya')).toEqual([...expected, name.toUpperCase()])
    expect(lines(place, name, null)).toEqual([...expected, name.toUpperCase()])
  })

  it.each<[what: string, Place, country: string, lines: string[]]>([
    [
      'in Japanese from the largest part on',
      ['神宮前1-2-3\nハイツ101', '渋谷区', '東京都', '150-0001'],
      'Japan',
      ['〒150-0001', '東京都', '渋谷区', '神宮前1-2-3', 'ハイツ101', 'JAPAN'],
    ],
    [
      'in Chinese from the largest part on',
      ['长安街1号', '东城区', '北京市', '100000'],
      'China',
      ['100000', '北京市东城区', '长安街1号', 'CHINA'],
    ],
    [
      'in Korean from the largest part on',
      ['세종대로 110', '중구', '서울특별시', '04524'],
      'Korea, Republic of',
      ['서울특별시 중구', '세종대로 110', '04524', 'KOREA, REPUBLIC OF'],
    ],
    [
      'in Latin letters for China',
      ['1 Chang’an Jie', 'Dongcheng', 'Beijing', '100000'],
      'China',
      ['1 Chang’an Jie', 'Dongcheng', 'Beijing, 100000', 'CHINA'],
    ],
    [
      'with the city in the street where the layout has no place for it',
      ['PO Box 1', 'Dubai', '', ''],
      'UAE',
      ['PO Box 1', 'Dubai', 'UAE'],
    ],
    [
      'with the city once where it is the state as well',
      ['PO Box 1', 'Dubai', 'Dubai', null],
      'United Arab Emirates',
      ['PO Box 1', 'Dubai', 'UNITED ARAB EMIRATES'],
    ],
    [
      'with the city once where the layout brings it',
      ['1 Raffles Place', 'Singapore', '', '048616'],
      'Singapore',
      ['1 Raffles Place', 'SINGAPORE 048616', 'SINGAPORE'],
    ],
    [
      'with the state where it is all there is',
      ['Marienplatz 1', '', 'Bayern', '80331'],
      'Germany',
      ['Marienplatz 1', 'Bayern', '80331', 'GERMANY'],
    ],
    [
      'without a line for what is blank',
      [' \n1 Main St\r\n \r\nApt 2\r', ' ', null, ''],
      'United Kingdom',
      ['1 Main St', 'Apt 2', 'UNITED KINGDOM'],
    ],
    [
      'without what parts the city from an absent state',
      ['Rua 1', 'Brasília', '', '70000-000'],
      'Brazil',
      ['Rua 1', 'Brasília', '70000-000', 'BRAZIL'],
    ],
    ['with the country alone', ['', null, '', null], 'France', ['FRANCE']],
  ])('is laid out %s', (_, place, country, expected) => {
    expect(lines(place, country, 'United States')).toEqual(expected)
  })

  it.each([
    ['SE', '111 22', 'SE-111 22 Stad'],
    ['SE', 'SE-111 22', 'SE-111 22 Stad'],
    ['SE', 's 111 22', 'SE-111 22 Stad'],
    ['LU', 'LU-1009', 'L-1009 Stad'],
    ['DE', 'D-10117', 'D-10117 Stad'],
  ])('has in %s the postal code %j once', (country, postalCode, line) => {
    expect(lines(['Gata 1', 'Stad', '', postalCode], country, country)).toEqual(['Gata 1', line])
  })

  it.each([
    [
      'as at home for a country that nobody knows',
      'Narnia',
      'Germany',
      ['32832 Orlando', 'NARNIA'],
    ],
    ['as at home without a country', '', 'Germany', ['32832 Orlando']],
    ['as in the United States without any country', null, null, ['Orlando, FL 32832']],
    ['as in the United States where home is unknown', '', 'Narnia', ['Orlando, FL 32832']],
    ['as at home where the library has no layout', 'Ghana', 'US', ['Orlando, FL 32832', 'GHANA']],
    ['for its country without a home', 'Germany', '', ['32832 Orlando', 'GERMANY']],
    ['for one country that nobody knows', 'narnia ', 'Narnia', ['Orlando, FL 32832']],
    ['with the code as a name', 'gbr', 'US', ['Orlando', '32832', 'UNITED KINGDOM']],
    ['with the stored name', 'Great Britain', 'US', ['Orlando', '32832', 'GREAT BRITAIN']],
    ['for one country of two names', 'England', 'United Kingdom', ['Orlando', '32832']],
    ['for two countries in one language', 'Ireland', 'UK', ['Orlando', 'FL', '32832', 'IRELAND']],
  ])('is laid out %s', (_, country, homeCountry, expected) => {
    expect(lines(ORLANDO, country, homeCountry)).toEqual(['100 Lake Hart Dr', ...expected])
  })

  it.each<[Place, country: string | null, home: string | null, lines: string[]]>([
    // Codes that a layout has no place for.
    [
      ['Church St 1', 'Basseterre', '', 'KN0101'],
      'Saint Kitts and Nevis',
      'US',
      ['Church St 1', 'Basseterre KN0101', 'SAINT KITTS AND NEVIS'],
    ],
    [
      ['Church St 1', 'Basseterre', 'St George', 'KN0101'],
      'KN',
      'KN',
      ['Church St 1', 'Basseterre, St George KN0101'],
    ],
    [
      ['Apartado 1', 'Panamá', 'Panamá', '0801'],
      'Panama',
      'US',
      ['Apartado 1', 'Panamá 0801', 'PANAMA'],
    ],
    [
      ['Apartado 1', 'David', 'Chiriquí', '0401'],
      'Panamá',
      'US',
      ['Apartado 1', 'David 0401', 'Chiriquí', 'PANAMÁ'],
    ],
    [
      ['Apartado 1', '', 'Chiriquí', '0401'],
      'Panama',
      'US',
      ['Apartado 1', 'Chiriquí 0401', 'PANAMA'],
    ],
    [['Apartado 1', '', '', '0401'], 'Panama', 'US', ['Apartado 1', '0401', 'PANAMA']],
    [
      ['Rue 12', 'Abidjan', '', '01'],
      "Côte d'Ivoire",
      'US',
      ['Rue 12 Abidjan 01', "CÔTE D'IVOIRE"],
    ],
    [
      ['PO Box 1', 'Dubai', '', '00000'],
      'United Arab Emirates',
      'US',
      ['PO Box 1', 'Dubai 00000', 'UNITED ARAB EMIRATES'],
    ],
    [['PO Box 1', '', 'Dubai', '00000'], 'AE', 'AE', ['PO Box 1', 'Dubai 00000']],
    [['PO Box 1', 'Dubai', '', 'N/A'], 'UAE', 'US', ['PO Box 1', 'Dubai', 'UAE']],
    [
      ['1 Queen St', 'Kingston', 'St Andrew', '10'],
      'Jamaica',
      'US',
      ['1 Queen St', 'Kingston 10', 'St Andrew', 'JAMAICA'],
    ],
    [
      ['1 Queen’s Rd', 'Wan Chai', 'Hong Kong Island', '999077'],
      'Hong Kong',
      'US',
      ['1 Queen’s Rd', 'Wan Chai 999077', 'Hong Kong Island', 'HONG KONG'],
    ],
    [
      ['皇后大道1號', '灣仔', '香港島', '999077'],
      'Hong Kong',
      'HK',
      ['香港島', '灣仔 999077', '皇后大道1號'],
    ],
    [
      ['Osu 1', 'Accra', '', 'GA-100'],
      'Ghana',
      'United Arab Emirates',
      ['Osu 1', 'Accra GA-100', 'GHANA'],
    ],
    // Territories of the United States.
    [
      ['Calle 1', 'San Juan', '', '00901'],
      'Puerto Rico',
      'United States',
      ['Calle 1', 'San Juan, PR 00901'],
    ],
    [['Calle 1', 'San Juan', 'PR', '00901'], 'PR', 'USA', ['Calle 1', 'San Juan, PR 00901']],
    [['Calle 1', 'San Juan, PR', 'PR', '00901'], 'PR', 'USA', ['Calle 1', 'San Juan, PR 00901']],
    [['Calle 1', 'San Juan PR', '', '00901'], 'PR', 'USA', ['Calle 1', 'San Juan PR 00901']],
    [['Calle 1', 'San Juan, PR 00901', '', ''], 'PR', 'USA', ['Calle 1', 'San Juan, PR 00901']],
    [
      ['Calle 1', 'San Juan', 'Puerto Rico', '00901'],
      'Puerto Rico, USA',
      'US',
      ['Calle 1', 'San Juan, PR 00901'],
    ],
    [
      ['Calle 1', 'San Juan', 'Puerto Rico', '00901'],
      'United States',
      'US',
      ['Calle 1', 'San Juan, PR 00901'],
    ],
    [
      ['Calle 1', 'San Juan', '', '00901'],
      'Puerto Rico',
      'Germany',
      ['Calle 1', 'San Juan, PR 00901', 'PUERTO RICO'],
    ],
    [['Calle 1', 'San Juan', '', '00901'], null, 'Puerto Rico', ['Calle 1', 'San Juan, PR 00901']],
    [
      ['1 Main St', 'Orlando', 'FL', '32832'],
      null,
      'Puerto Rico',
      ['1 Main St', 'Orlando, FL 32832'],
    ],
    [
      ['1 Main St', 'Orlando', 'FL', '32832'],
      'United States',
      'Puerto Rico',
      ['1 Main St', 'Orlando, FL 32832'],
    ],
    [
      ['1 Marine Dr', 'Hagåtña', 'Guam', '96910'],
      'Guam',
      'Puerto Rico',
      ['1 Marine Dr', 'Hagåtña, GU 96910'],
    ],
    [
      ['1 Marine Dr', 'Tamuning', '', '96913'],
      'GUM',
      'Canada',
      ['1 Marine Dr', 'Tamuning, GU 96913', 'GUAM'],
    ],
    [
      ['1 King St', 'Christiansted', 'St. Croix', '00820'],
      'U.S. Virgin Islands',
      'US',
      ['1 King St', 'Christiansted, VI 00820'],
    ],
    [
      ['1 Beach Rd', 'Saipan', '', '96950'],
      'Northern Mariana Islands',
      'US',
      ['1 Beach Rd', 'Saipan, MP 96950'],
    ],
    [
      ['1 Beach Rd', 'Pago Pago', '', '96799'],
      'American Samoa',
      'US',
      ['1 Beach Rd', 'Pago Pago, AS 96799'],
    ],
    [
      ['1 Main St', 'Atlanta', 'Georgia', '30301'],
      'US',
      'US',
      ['1 Main St', 'Atlanta, Georgia 30301'],
    ],
    // No country at all.
    ...['N/A', 'n/a', 'none', '-', '--', 'Unknown', '(none)', 'XX'].map(
      (nothing): [Place, string, string, string[]] => [
        ORLANDO,
        nothing,
        'United States',
        ['100 Lake Hart Dr', 'Orlando, FL 32832'],
      ],
    ),
    [['Weg 1', 'Berlin', '', '10117'], 'N/A', 'Germany', ['Weg 1', '10117 Berlin']],
    [ORLANDO, 'USA', 'N/A', ['100 Lake Hart Dr', 'Orlando, FL 32832', 'UNITED STATES']],
    // Names of one country.
    ...[
      'N/A (USA)',
      'none / USA',
      'USA, n / a',
      'U. S. A.',
      'U.S.',
      'USA (United States)',
      'America',
      'The United States',
      'Estados Unidos',
    ].map((name): [Place, string, string, string[]] => [
      ORLANDO,
      name,
      'United States',
      ['100 Lake Hart Dr', 'Orlando, FL 32832'],
    ]),
    [['Weg 1', 'Berlin', '', '10117'], 'Deutschland', 'Germany', ['Weg 1', '10117 Berlin']],
    [
      ['Weg 1', 'Berlin', '', '10117'],
      'Deutschland',
      'US',
      ['Weg 1', '10117 Berlin', 'DEUTSCHLAND'],
    ],
    [['Weg 1', 'Berlin', '', '10117'], null, 'Deutschland', ['Weg 1', '10117 Berlin']],
    [['Calle 1', 'Madrid', '', '28001'], 'España', 'US', ['Calle 1', '28001 Madrid', 'ESPAÑA']],
    [
      ['1-2-3 Jingumae', 'Shibuya-ku', 'Tokyo', '150-0001'],
      '日本',
      'Japan',
      ['1-2-3 Jingumae', 'Shibuya-ku, Tokyo', '150-0001'],
    ],
    [
      ['1-2-3 Jingumae', 'Shibuya-ku', 'Tokyo', '150-0001'],
      '日本',
      'US',
      ['1-2-3 Jingumae', 'Shibuya-ku, Tokyo', '150-0001', '日本'],
    ],
    [
      ['Dam 1', 'Amsterdam', '', '1012 JS'],
      'The Netherlands',
      'Netherlands',
      ['Dam 1', '1012 JS Amsterdam'],
    ],
    [
      ['1 High St', 'Leeds', '', 'LS1 1AA'],
      'England',
      'Great Britain',
      ['1 High St', 'Leeds', 'LS1 1AA'],
    ],
    // The country once.
    [
      ['1 Main St', 'St Helier', '', 'JE2 3NX'],
      'Jersey',
      'US',
      ['1 Main St', 'St Helier', 'JE2 3NX', 'JERSEY'],
    ],
    [
      ['1 Main St', 'St Helier', 'Jersey', 'JE2 3NX'],
      'JE',
      'United Kingdom',
      ['1 Main St', 'St Helier', 'JE2 3NX', 'JERSEY'],
    ],
    [
      ['1 Main St', 'St Helier', '', 'JE2 3NX'],
      null,
      'Jersey',
      ['1 Main St', 'St Helier', 'JERSEY', 'JE2 3NX'],
    ],
    [
      ['1 Main St', 'Jersey', '', 'JE2 3NX'],
      'Jersey',
      'Jersey',
      ['1 Main St', 'Jersey', 'JE2 3NX'],
    ],
    [
      ['1 Main St', 'St Peter Port', '', 'GY1 1AA'],
      'Guernsey',
      'US',
      ['1 Main St', 'St Peter Port', 'GY1 1AA', 'GUERNSEY'],
    ],
    [
      ['1 Main St', 'Gibraltar', '', 'GX11 1AA'],
      'Gibraltar',
      'US',
      ['1 Main St', 'GX11 1AA', 'GIBRALTAR'],
    ],
    [
      ['1 Torg', 'Mariehamn', '', '22100'],
      'Åland Islands',
      'US',
      ['1 Torg', 'AX-22100 Mariehamn', 'ÅLAND ISLANDS'],
    ],
    [['1 Raffles Place', 'Singapore', '', ''], 'Singapore', 'US', ['1 Raffles Place', 'SINGAPORE']],
    [
      ['Weg 1\nGermany', 'Berlin', '', '10117'],
      'Germany',
      'US',
      ['Weg 1', '10117 Berlin', 'GERMANY'],
    ],
    [
      ['Rua 1', 'Brasília', 'DF', '70000-000'],
      'Brazil',
      'US',
      ['Rua 1', 'Brasília-DF', '70000-000', 'BRAZIL'],
    ],
  ])('is laid out for %j in %j, seen from %j, as %j', (place, country, home, expected) => {
    expect(lines(place, country, home)).toEqual(expected)
  })

  it.each([
    ['begins with the stored greeting', { envelopeGreeting: 'The Does' }, 'The Does\nFRANCE'],
    ['has no line for a greeting that is not there', { name: '' }, 'FRANCE'],
    ['is the greeting alone without an address', { address: undefined }, 'John and Jane Doe'],
  ])('%s', (_, changes, expected) => {
    const address = { street: '', city: '', state: '', postalCode: '', country: 'France' }
    expect(addressBlockOf(mailingContact({ address, ...changes }))).toBe(expected)
  })
})
