/**
 * The life of one long job. {@link trainyard.faults.life.JobLife} is a state machine that asks a node source for nodes,
 * runs, is struck, recovers and runs again; {@link trainyard.faults.life.LifeSimulation} puts it on a clock with a fault
 * timeline, spares and a repair shop. Between faults the job advances by arithmetic, so a life costs as much as it has
 * faults. {@link trainyard.faults.life.GpuTimeLedger} holds where every GPU-nanosecond went.
 */
package trainyard.faults.life;
