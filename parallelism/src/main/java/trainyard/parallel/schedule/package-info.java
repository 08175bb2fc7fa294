/**
 * Pipeline schedules: in which order a stage runs the forward and backward passes of its micro-batches. To add one,
 * implement {@link trainyard.parallel.schedule.PipelineSchedule} and name it in {@link
 * trainyard.parallel.schedule.Schedule}.
 */
package trainyard.parallel.schedule;
