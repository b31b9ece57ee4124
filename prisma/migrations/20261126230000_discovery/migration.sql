-- What a host answered, kept so that the next request for the same can be conditional.
CREATE TABLE "catalog_source_answer" (
    "source_id" BIGINT NOT NULL,
    "request" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "items" JSONB NOT NULL,
    CONSTRAINT "catalog_source_answer_pkey" PRIMARY KEY ("source_id", "request")
);
ALTER TABLE "catalog_source_answer" ADD CONSTRAINT "catalog_source_answer_source_id_fkey"
    FOREIGN KEY ("source_id") REFERENCES "catalog_source" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Hosts that told us to wait. All workers look here before they call.
CREATE TABLE "git_host_pause" (
    "host" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    CONSTRAINT "git_host_pause_pkey" PRIMARY KEY ("host")
);

-- Webhook deliveries that were taken: each is acted on once, however often it is sent.
CREATE TABLE "webhook_delivery" (
    "connection" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("connection", "delivery_id")
);
CREATE INDEX "webhook_delivery_received_at_idx" ON "webhook_delivery" ("received_at");
