import { FILTER_VALUES } from '../src/filter-values/filter-values-routes.ts'
import { suggestedKeys } from '../src/filter-values/read-filter-values-query.ts'
import { SAVED_FILTERS } from '../src/saved-filters/saved-filter-document.ts'
import { MOST_SAVED_FILTERS } from '../src/saved-filters/saved-filter.ts'
import { errorResponses } from './error-responses.ts'
import {
  exampleSavedFilter,
  filterValuesExample,
  savedFilterExample,
  savedFilterListExample,
} from './examples.ts'
import { savedFilterRequest } from './filter.ts'
import { always } from './headers.ts'
import { documentContent, documentResponse, type Paths } from './operation.ts'
import { savedFilterIdParameter, scopeParameter } from './parameters.ts'
import { filterValuesResponse, savedFilterListResponse, savedFilterResponse } from './responses.ts'
import { schemaRef } from './schemas.ts'

const tags = ['Filters']

const requestBody = {
  required: true as const,
  content: documentContent(schemaRef(savedFilterRequest), exampleSavedFilter),
}

/** The routes that help to choose contacts: suggestions, and saved filters. */
export const choicePaths = (): Paths => ({
  [FILTER_VALUES]: {
    get: {
      operationId: 'listFilterValues',
      summary: 'Suggest values for a key of the filter',
      description:
        'The values that contacts have, the most frequent ones first, 50 at the most. At most ' +
        '20,000 contacts are looked at; `meta.complete` tells whether these are all.',
      tags,
      parameters: [
        {
          name: 'key',
          in: 'query',
          required: true,
          description: 'The key of the filter.',
          schema: { type: 'string', enum: suggestedKeys },
          example: 'tags',
        },
        {
          name: 'q',
          in: 'query',
          description: 'A text that is somewhere in the values, in any letter case.',
          schema: { type: 'string', maxLength: 200 },
        },
        scopeParameter,
      ],
      responses: {
        200: documentResponse(
          'The values.',
          documentContent(schemaRef(filterValuesResponse), filterValuesExample()),
        ),
        ...errorResponses(400, 401, 404, 406, 429, 500, 503),
      },
    },
  },
  [SAVED_FILTERS]: {
    get: {
      operationId: 'listSavedFilters',
      summary: "List the caller's saved filters",
      description: 'All of them, by name.',
      tags,
      responses: {
        200: documentResponse(
          'The saved filters.',
          documentContent(schemaRef(savedFilterListResponse), savedFilterListExample()),
        ),
        ...errorResponses(400, 401, 406, 429, 500, 503),
      },
    },
    post: {
      operationId: 'saveFilter',
      summary: 'Save a filter by name',
      description:
        `A user has at most ${MOST_SAVED_FILTERS}, each with a name of its own. The filter, the ` +
        'columns and the sort are checked as those of a log are. A filter has at most 32 kB.',
      tags,
      requestBody,
      responses: {
        201: {
          ...documentResponse(
            'The saved filter.',
            documentContent(schemaRef(savedFilterResponse), savedFilterExample()),
          ),
          headers: always('Cache-Control', 'Location'),
        },
        ...errorResponses(400, 401, 404, 406, 409, 413, 415, 429, 500, 503),
      },
    },
  },
  [`${SAVED_FILTERS}/{id}`]: {
    get: {
      operationId: 'showSavedFilter',
      summary: 'Show a saved filter',
      tags,
      parameters: [savedFilterIdParameter],
      responses: {
        200: documentResponse(
          'The saved filter.',
          documentContent(schemaRef(savedFilterResponse), savedFilterExample()),
        ),
        ...errorResponses(400, 401, 404, 406, 429, 500, 503),
      },
    },
    patch: {
      operationId: 'changeSavedFilter',
      summary: 'Change a saved filter',
      description: 'The attributes that are given; `null` takes a choice back.',
      tags,
      parameters: [savedFilterIdParameter],
      requestBody,
      responses: {
        200: documentResponse(
          'The saved filter as it is now.',
          documentContent(schemaRef(savedFilterResponse), savedFilterExample()),
        ),
        ...errorResponses(400, 401, 404, 406, 409, 413, 415, 429, 500, 503),
      },
    },
    delete: {
      operationId: 'deleteSavedFilter',
      summary: 'Delete a saved filter',
      tags,
      parameters: [savedFilterIdParameter],
      responses: {
        204: { description: 'It is gone.', headers: always('Cache-Control') },
        ...errorResponses(400, 401, 404, 500, 503),
      },
    },
  },
})
