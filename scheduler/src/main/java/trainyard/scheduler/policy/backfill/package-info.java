/**
 * Queues with reservations: a job may overtake only where no reservation is delayed if all run as long as their owners state.
 * {@link trainyard.scheduler.policy.backfill.EasyBackfill} reserves for the head,
 * {@link trainyard.scheduler.policy.backfill.ConservativeBackfill} for many, and
 * {@link trainyard.scheduler.policy.backfill.SlurmBackfill} plans anew at intervals.
 */
package trainyard.scheduler.policy.backfill;
