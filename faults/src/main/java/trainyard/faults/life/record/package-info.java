/**
 * The story of a life: a {@code LifeListener} is told of it while it happens, {@code LifeRecorder} writes it down as a {@code
 * LifeRecord}. No number of a life depends on who listens.
 */
package trainyard.faults.life.record;
