import { describe, expect, it } from 'vitest'
import { addressBlockOf } from '../../src/contacts/address-block.ts'
import { mailingContact } from '../helpers/mailing-contact.ts'

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

  it.each([
    ['begins with the stored greeting', { envelopeGreeting: 'The Does' }, 'The Does\nFRANCE'],
    ['has no line for a greeting that is not there', { name: '' }, 'FRANCE'],
    ['is the greeting alone without an address', { address: undefined }, 'John and Jane Doe'],
  ])('%s', (_, changes, expected) => {
    const address = { street: '', city: '', state: '', postalCode: '', country: 'France' }
    expect(addressBlockOf(mailingContact({ address, ...changes }))).toBe(expected)
  })
})
