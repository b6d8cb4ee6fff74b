/** The shapes of SearchContacts: the request with every member of the model, the answer with those that are shown. */

import { documented } from '../../aws/provenance.ts';
import type { AnswerShape, RequestShape } from '../../aws/shape/shapes.ts';

const model = documented('botocore service model connect/2017-08-08');

export const SEARCH_REQUEST = {
  kind: 'structure',
  members: {
    InstanceId: { kind: 'string', limit: { min: 1, max: 100, provenance: model } },
    TimeRange: {
      kind: 'structure',
      members: {
        Type: {
          kind: 'string',
          enum: {
            name: 'SearchContactsTimeRangeType',
            values: [
              { value: 'INITIATION_TIMESTAMP' },
              { value: 'SCHEDULED_TIMESTAMP' },
              { value: 'CONNECTED_TO_AGENT_TIMESTAMP' },
              { value: 'DISCONNECT_TIMESTAMP' },
              { value: 'ENQUEUE_TIMESTAMP' },
            ],
          },
        },
        StartTime: { kind: 'timestamp', format: 'epoch-seconds' },
        EndTime: { kind: 'timestamp', format: 'epoch-seconds' },
      },
      required: ['Type', 'StartTime', 'EndTime'],
    },
    SearchCriteria: {
      kind: 'structure',
      members: {
        Name: {
          kind: 'structure',
          members: {
            SearchText: {
              kind: 'list',
              of: { kind: 'string', limit: { max: 128, provenance: model }, traits: ['sensitive'] },
              limit: { min: 0, max: 100, provenance: model },
            },
            MatchType: {
              kind: 'string',
              enum: {
                name: 'SearchContactsMatchType',
                values: [
                  { value: 'MATCH_ALL' },
                  { value: 'MATCH_ANY' },
                  { value: 'MATCH_EXACT' },
                  { value: 'MATCH_NONE' },
                ],
              },
            },
          },
          required: ['SearchText', 'MatchType'],
        },
        AgentIds: {
          kind: 'list',
          of: { kind: 'string', limit: { min: 1, max: 256, provenance: model } },
          limit: { min: 0, max: 100, provenance: model },
        },
        AgentHierarchyGroups: {
          kind: 'structure',
          members: {
            L1Ids: {
              kind: 'list',
              of: { kind: 'string' },
              limit: { min: 0, max: 10, provenance: model },
            },
            L2Ids: {
              kind: 'list',
              of: { kind: 'string' },
              limit: { min: 0, max: 10, provenance: model },
            },
            L3Ids: {
              kind: 'list',
              of: { kind: 'string' },
              limit: { min: 0, max: 10, provenance: model },
            },
            L4Ids: {
              kind: 'list',
              of: { kind: 'string' },
              limit: { min: 0, max: 10, provenance: model },
            },
            L5Ids: {
              kind: 'list',
              of: { kind: 'string' },
              limit: { min: 0, max: 10, provenance: model },
            },
          },
        },
        Channels: {
          kind: 'list',
          of: {
            kind: 'string',
            enum: {
              name: 'Channel',
              values: [
                { value: 'VOICE' },
                { value: 'CHAT' },
                { value: 'TASK' },
                { value: 'EMAIL' },
              ],
            },
          },
        },
        ContactAnalysis: {
          kind: 'structure',
          members: {
            Transcript: {
              kind: 'structure',
              members: {
                Criteria: {
                  kind: 'list',
                  of: {
                    kind: 'structure',
                    members: {
                      ParticipantRole: {
                        kind: 'string',
                        enum: {
                          name: 'ParticipantRole',
                          values: [
                            { value: 'AGENT' },
                            { value: 'CUSTOMER' },
                            { value: 'SYSTEM' },
                            { value: 'CUSTOM_BOT' },
                            { value: 'SUPERVISOR' },
                          ],
                        },
                      },
                      SearchText: {
                        kind: 'list',
                        of: {
                          kind: 'string',
                          limit: { max: 128, provenance: model },
                          traits: ['sensitive'],
                        },
                        limit: { min: 0, max: 100, provenance: model },
                      },
                      MatchType: {
                        kind: 'string',
                        enum: {
                          name: 'SearchContactsMatchType',
                          values: [
                            { value: 'MATCH_ALL' },
                            { value: 'MATCH_ANY' },
                            { value: 'MATCH_EXACT' },
                            { value: 'MATCH_NONE' },
                          ],
                        },
                      },
                    },
                    required: ['ParticipantRole', 'SearchText', 'MatchType'],
                  },
                  limit: { min: 0, max: 6, provenance: model },
                },
                MatchType: {
                  kind: 'string',
                  enum: {
                    name: 'SearchContactsMatchType',
                    values: [
                      { value: 'MATCH_ALL' },
                      { value: 'MATCH_ANY' },
                      { value: 'MATCH_EXACT' },
                      { value: 'MATCH_NONE' },
                    ],
                  },
                },
              },
              required: ['Criteria'],
            },
          },
        },
        InitiationMethods: {
          kind: 'list',
          of: {
            kind: 'string',
            enum: {
              name: 'ContactInitiationMethod',
              values: [
                { value: 'INBOUND' },
                { value: 'OUTBOUND' },
                { value: 'TRANSFER' },
                { value: 'QUEUE_TRANSFER' },
                { value: 'CALLBACK' },
                { value: 'API' },
                { value: 'DISCONNECT' },
                { value: 'MONITOR' },
                { value: 'EXTERNAL_OUTBOUND' },
                { value: 'WEBRTC_API' },
                { value: 'AGENT_REPLY' },
                { value: 'FLOW' },
              ],
            },
          },
        },
        QueueIds: {
          kind: 'list',
          of: { kind: 'string' },
          limit: { min: 0, max: 100, provenance: model },
        },
        RoutingCriteria: {
          kind: 'structure',
          members: {
            Steps: {
              kind: 'list',
              of: {
                kind: 'structure',
                members: {
                  AgentCriteria: {
                    kind: 'structure',
                    members: {
                      AgentIds: {
                        kind: 'list',
                        of: { kind: 'string', limit: { min: 1, max: 256, provenance: model } },
                        limit: { min: 0, max: 100, provenance: model },
                      },
                      MatchType: {
                        kind: 'string',
                        enum: {
                          name: 'SearchContactsMatchType',
                          values: [
                            { value: 'MATCH_ALL' },
                            { value: 'MATCH_ANY' },
                            { value: 'MATCH_EXACT' },
                            { value: 'MATCH_NONE' },
                          ],
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
        AdditionalTimeRange: {
          kind: 'structure',
          members: {
            Criteria: {
              kind: 'list',
              of: {
                kind: 'structure',
                members: {
                  TimeRange: {
                    kind: 'structure',
                    members: {
                      Type: {
                        kind: 'string',
                        enum: {
                          name: 'SearchContactsTimeRangeType',
                          values: [
                            { value: 'INITIATION_TIMESTAMP' },
                            { value: 'SCHEDULED_TIMESTAMP' },
                            { value: 'CONNECTED_TO_AGENT_TIMESTAMP' },
                            { value: 'DISCONNECT_TIMESTAMP' },
                            { value: 'ENQUEUE_TIMESTAMP' },
                          ],
                        },
                      },
                      StartTime: { kind: 'timestamp', format: 'epoch-seconds' },
                      EndTime: { kind: 'timestamp', format: 'epoch-seconds' },
                    },
                    required: ['Type', 'StartTime', 'EndTime'],
                  },
                  TimestampCondition: {
                    kind: 'structure',
                    members: {
                      Type: {
                        kind: 'string',
                        enum: {
                          name: 'SearchContactsTimeRangeType',
                          values: [
                            { value: 'INITIATION_TIMESTAMP' },
                            { value: 'SCHEDULED_TIMESTAMP' },
                            { value: 'CONNECTED_TO_AGENT_TIMESTAMP' },
                            { value: 'DISCONNECT_TIMESTAMP' },
                            { value: 'ENQUEUE_TIMESTAMP' },
                          ],
                        },
                      },
                      ConditionType: {
                        kind: 'string',
                        enum: {
                          name: 'SearchContactsTimeRangeConditionType',
                          values: [{ value: 'NOT_EXISTS' }],
                        },
                      },
                    },
                    required: ['Type', 'ConditionType'],
                  },
                },
              },
            },
            MatchType: {
              kind: 'string',
              enum: {
                name: 'SearchContactsMatchType',
                values: [
                  { value: 'MATCH_ALL' },
                  { value: 'MATCH_ANY' },
                  { value: 'MATCH_EXACT' },
                  { value: 'MATCH_NONE' },
                ],
              },
            },
          },
          required: ['Criteria', 'MatchType'],
        },
        SearchableContactAttributes: {
          kind: 'structure',
          members: {
            Criteria: {
              kind: 'list',
              of: {
                kind: 'structure',
                members: {
                  Key: {
                    kind: 'string',
                    limit: { min: 1, max: 100, provenance: model },
                    traits: ['sensitive'],
                  },
                  Values: {
                    kind: 'list',
                    of: {
                      kind: 'string',
                      limit: { min: 0, max: 100, provenance: model },
                      traits: ['sensitive'],
                    },
                    limit: { min: 0, max: 20, provenance: model },
                  },
                },
                required: ['Key', 'Values'],
              },
              limit: { min: 0, max: 15, provenance: model },
            },
            MatchType: {
              kind: 'string',
              enum: {
                name: 'SearchContactsMatchType',
                values: [
                  { value: 'MATCH_ALL' },
                  { value: 'MATCH_ANY' },
                  { value: 'MATCH_EXACT' },
                  { value: 'MATCH_NONE' },
                ],
              },
            },
          },
          required: ['Criteria'],
        },
        SearchableSegmentAttributes: {
          kind: 'structure',
          members: {
            Criteria: {
              kind: 'list',
              of: {
                kind: 'structure',
                members: {
                  Key: {
                    kind: 'string',
                    limit: { min: 1, max: 64, provenance: model },
                    traits: ['sensitive'],
                  },
                  Values: {
                    kind: 'list',
                    of: {
                      kind: 'string',
                      limit: { min: 0, max: 128, provenance: model },
                      traits: ['sensitive'],
                    },
                    limit: { min: 1, max: 20, provenance: model },
                    traits: ['sensitive'],
                  },
                },
                required: ['Key', 'Values'],
              },
              limit: { min: 1, max: 15, provenance: model },
            },
            MatchType: {
              kind: 'string',
              enum: {
                name: 'SearchContactsMatchType',
                values: [
                  { value: 'MATCH_ALL' },
                  { value: 'MATCH_ANY' },
                  { value: 'MATCH_EXACT' },
                  { value: 'MATCH_NONE' },
                ],
              },
            },
          },
          required: ['Criteria'],
        },
        ActiveRegions: {
          kind: 'list',
          of: { kind: 'string', pattern: '[a-z]{2}(-[a-z]+){1,2}(-[0-9])?' },
        },
        ContactTags: {
          kind: 'structure',
          members: {
            OrConditions: {
              kind: 'list',
              of: {
                kind: 'list',
                of: {
                  kind: 'structure',
                  members: { TagKey: { kind: 'string' }, TagValue: { kind: 'string' } },
                },
              },
            },
            AndConditions: {
              kind: 'list',
              of: {
                kind: 'structure',
                members: { TagKey: { kind: 'string' }, TagValue: { kind: 'string' } },
              },
            },
            TagCondition: {
              kind: 'structure',
              members: { TagKey: { kind: 'string' }, TagValue: { kind: 'string' } },
            },
          },
        },
        AiAgents: {
          kind: 'structure',
          members: {
            Criteria: {
              kind: 'list',
              of: {
                kind: 'structure',
                members: {
                  Id: {
                    kind: 'string',
                    limit: { min: 0, max: 128, provenance: model },
                    pattern:
                      '[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}(:[A-Z0-9_$]+){0,1}$|^arn:[a-z-]*?:wisdom:[a-z0-9-]*?:[0-9]{12}:[a-z-]*?/[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}(?:/[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}){0,2}(:[A-Z0-9_$]+){0,1}',
                  },
                  VersionNumber: { kind: 'integer' },
                  AiAgentEscalated: { kind: 'boolean' },
                  AiUseCase: {
                    kind: 'string',
                    enum: {
                      name: 'AiUseCase',
                      values: [{ value: 'AgentAssistance' }, { value: 'SelfService' }],
                    },
                  },
                },
              },
              limit: { min: 0, max: 1, provenance: model },
            },
          },
        },
      },
    },
    MaxResults: { kind: 'integer', range: { min: 1, max: 100, provenance: model } },
    NextToken: { kind: 'string', limit: { min: 1, max: 100000, provenance: model } },
    Sort: {
      kind: 'structure',
      members: {
        FieldName: {
          kind: 'string',
          enum: {
            name: 'SortableFieldName',
            values: [
              { value: 'INITIATION_TIMESTAMP' },
              { value: 'SCHEDULED_TIMESTAMP' },
              { value: 'CONNECTED_TO_AGENT_TIMESTAMP' },
              { value: 'DISCONNECT_TIMESTAMP' },
              { value: 'INITIATION_METHOD' },
              { value: 'CHANNEL' },
              { value: 'EXPIRY_TIMESTAMP' },
            ],
          },
        },
        Order: {
          kind: 'string',
          enum: { name: 'SortOrder', values: [{ value: 'ASCENDING' }, { value: 'DESCENDING' }] },
        },
      },
      required: ['FieldName', 'Order'],
    },
  },
  required: ['InstanceId', 'TimeRange'],
} as const satisfies RequestShape;

export const SEARCH_ANSWER = {
  kind: 'structure',
  members: {
    Contacts: {
      kind: 'list',
      of: {
        kind: 'structure',
        members: {
          Arn: { kind: 'string' },
          Id: { kind: 'string', limit: { min: 1, max: 256, provenance: model } },
          InitiationMethod: {
            kind: 'string',
            enum: {
              name: 'ContactInitiationMethod',
              values: [
                { value: 'INBOUND' },
                { value: 'OUTBOUND' },
                { value: 'TRANSFER' },
                { value: 'QUEUE_TRANSFER' },
                { value: 'CALLBACK' },
                { value: 'API' },
                { value: 'DISCONNECT' },
                { value: 'MONITOR' },
                { value: 'EXTERNAL_OUTBOUND' },
                { value: 'WEBRTC_API' },
                { value: 'AGENT_REPLY' },
                { value: 'FLOW' },
              ],
            },
          },
          Channel: {
            kind: 'string',
            enum: {
              name: 'Channel',
              values: [
                { value: 'VOICE' },
                { value: 'CHAT' },
                { value: 'TASK' },
                { value: 'EMAIL' },
              ],
            },
          },
          QueueInfo: {
            kind: 'structure',
            members: {
              Id: { kind: 'string' },
              EnqueueTimestamp: { kind: 'timestamp', format: 'epoch-seconds' },
            },
          },
          AgentInfo: {
            kind: 'structure',
            members: {
              Id: { kind: 'string', limit: { min: 1, max: 256, provenance: model } },
              ConnectedToAgentTimestamp: { kind: 'timestamp', format: 'epoch-seconds' },
            },
          },
          InitiationTimestamp: { kind: 'timestamp', format: 'epoch-seconds' },
          DisconnectTimestamp: { kind: 'timestamp', format: 'epoch-seconds' },
        },
      },
    },
    NextToken: { kind: 'string', limit: { min: 1, max: 100000, provenance: model } },
    TotalCount: { kind: 'integer' },
  },
  required: ['Contacts'],
} as const satisfies AnswerShape;
