-- Notifications, and who gets them. One for everybody has no recipients of its own: a row is made for whoever reads it.
CREATE TABLE "notification" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "origin" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "link" TEXT,
    "severity" TEXT NOT NULL DEFAULT 'normal',
    "topic" TEXT,
    "scope" TEXT,
    "is_broadcast" BOOLEAN NOT NULL,
    "sent_by" TEXT NOT NULL,
    "sent_for" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "notification_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "notification_severity_check" CHECK ("severity" IN ('critical', 'high', 'normal', 'low'))
);

CREATE TABLE "notification_recipient" (
    "notification_id" UUID NOT NULL,
    "user_ref" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    CONSTRAINT "notification_recipient_pkey" PRIMARY KEY ("notification_id", "user_ref")
);

ALTER TABLE "notification_recipient" ADD CONSTRAINT "notification_recipient_notification_id_fkey"
    FOREIGN KEY ("notification_id") REFERENCES "notification" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a run sends twice is sent once, whoever is first.
CREATE UNIQUE INDEX "notification_sent_for_key" ON "notification" ("sent_for");
CREATE INDEX "notification_created_at_idx" ON "notification" ("created_at");
CREATE INDEX "notification_recipient_user_ref_idx" ON "notification_recipient" ("user_ref");

-- Those for everybody, and what a later one takes the place of.
CREATE INDEX "notification_broadcast_idx" ON "notification" ("created_at") WHERE "is_broadcast";
CREATE INDEX "notification_scope_idx" ON "notification" ("scope", "origin") WHERE "scope" IS NOT NULL;
