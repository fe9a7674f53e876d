/** The interface for programs, as `route-table.ts` has the others. */
export const apiAccess: readonly string[] = `
POST /api/v1/changes/:id/undo key:organisation.write
GET /api/v1/groups key:groups.read
POST /api/v1/groups key:groups.write
GET /api/v1/groups/:id key:groups.read
PUT /api/v1/groups/:id key:groups.write
DELETE /api/v1/groups/:id/aliases key:groups.write
POST /api/v1/groups/:id/aliases key:groups.write
POST /api/v1/groups/:id/close key:groups.write
DELETE /api/v1/groups/:id/excluded-posts/:postId key:groups.write
PUT /api/v1/groups/:id/excluded-posts/:postId key:groups.write
GET /api/v1/groups/:id/members key:groups.read
POST /api/v1/groups/:id/members key:groups.write
DELETE /api/v1/groups/:id/members/:postId key:groups.write
POST /api/v1/groups/:id/merge key:groups.write
POST /api/v1/groups/:id/move key:groups.write
POST /api/v1/groups/:id/reopen key:groups.write
POST /api/v1/groups/:id/undo key:groups.write
GET /api/v1/openapi.json everybody
GET /api/v1/people key:organisation.read
POST /api/v1/people key:organisation.write
GET /api/v1/people/:id key:organisation.read
PUT /api/v1/people/:id key:organisation.write
GET /api/v1/posts key:organisation.read
POST /api/v1/posts key:organisation.write
GET /api/v1/posts/:id key:organisation.read
PUT /api/v1/posts/:id key:organisation.write
POST /api/v1/posts/:id/appoint key:organisation.write
POST /api/v1/posts/:id/close key:organisation.write
POST /api/v1/posts/:id/end-tenure key:organisation.write
POST /api/v1/scope/resolve key:groups.read
GET /api/v1/subscriptions key:subscriptions.read
GET /api/v1/subscriptions/:id key:subscriptions.read
POST /api/v1/subscriptions/:id/approve key:subscriptions.write
POST /api/v1/subscriptions/:id/end key:subscriptions.write
POST /api/v1/subscriptions/:id/reject key:subscriptions.write
GET /api/v1/units key:organisation.read
POST /api/v1/units key:organisation.write
GET /api/v1/units/:id key:organisation.read
PUT /api/v1/units/:id key:organisation.write
POST /api/v1/units/:id/close key:organisation.write
`
  .trim()
  .split('\n');
