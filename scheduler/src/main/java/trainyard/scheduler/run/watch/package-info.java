/**
 * Who is told of what happens in a cluster while it happens. A {@link trainyard.scheduler.run.watch.JobWatcher} changes nothing of
 * a run; the others are watchers that record it, measure its queue, or count stops and delays.
 */
package trainyard.scheduler.run.watch;
