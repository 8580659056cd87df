import { describe, expect, it } from 'vitest'
import { countryCode, countryName, isSameCountry } from '../../src/contacts/countries.ts'

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
    ['Germany', 'DE', true],
    ['Germany', 'France', false],
    ['Guinea', 'Guinea-Bissau', false],
    ['Dominica', 'Dominican Republic', false],
    ['South Korea', 'North Korea', false],
    ['Narnia', 'the narnia', true],
    ['Narnia', 'Utopia', false],
    ['Narnia', '', false],
    ['Germany', '', false],
  ])('%j and %j: one country is %j', (one, other, expected) => {
    expect(isSameCountry(one, other)).toBe(expected)
    expect(isSameCountry(other, one)).toBe(expected)
  })
})
