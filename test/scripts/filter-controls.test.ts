import { describe, expect, it } from 'vitest'
import { filterControls } from '../../scripts/site/filter-controls.ts'
import { filterKeyNames } from '../../src/contacts/filter/keys/keys.ts'
import { english } from '../../site/console/texts/english.ts'

const controls = filterControls()
const texts = new Set(Object.keys(english))

describe('the controls of the console', () => {
  it('are there for every key of the filter, in its order', () => {
    expect(controls.map(({ key }) => key)).toEqual(filterKeyNames)
  })

  it('know the group of every key, and what people call it', () => {
    for (const { key, group } of controls) {
      expect([key, texts.has(`group.${group}`), texts.has(`key.${key}`)]).toEqual([key, true, true])
    }
    expect(controls.filter(({ group }) => group === 'other')).toEqual([])
  })

  it('offer the words that a key takes', () => {
    const closed = controls.filter(({ kind }) => kind === 'word' || kind === 'words')
    expect(closed.filter(({ words }) => words.length === 0)).toEqual([])
    expect(closed.map(({ key }) => key)).toContain('newsletter')
  })
})
