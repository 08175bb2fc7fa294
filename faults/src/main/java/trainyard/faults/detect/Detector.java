package trainyard.faults.detect;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;

/** What the life of a job asks about its faults: when each is noticed, and how often there is an alarm without one. */
public interface Detector {

    /**
     * Whether faults of this kind are its business; others it never notices.
     */
    boolean watches(Fault fault);

    /**
     * Time from a fault that it watches until it is noticed; infinite where it never is.
     *
     * @param draws randomness that belongs to the mark of the fault
     */
    double latencySeconds(Fault fault, UniformRandomProvider draws);

    /** Alarms without a fault, as causes that each end the processes of the job; none by default. */
    default List<FaultCause> falseAlarms() {
        return List.of();
    }
}
