package trainyard.benchmark;

/**
 * The hold model (Vaucher and Duval 1975, CACM 18(4):223-230): a constant number of pending events, each of which, when
 * it happens, visits its entity and schedules its successor. Entities are of four kinds with a handler of their own, so
 * that dispatch costs what it costs in a simulation.
 */
interface HoldModel {
    /** Kinds of entities. */
    int KINDS = 4;

    /** Runs until the stopwatch has counted enough. */
    void run(CpuStopwatch stopwatch);

    /** Visits of all entities, weighted by their kind; equal for equal numbers of events of each kind. */
    long visits();
}
