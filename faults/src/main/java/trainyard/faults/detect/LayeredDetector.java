package trainyard.faults.detect;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.MarkStream;

/**
 * Several detectors of one job. A fault is noticed by the first in the list that watches its kind, or by one of those
 * beside, whichever is sooner. Each draws from a stream of its own, so that one more moves no other.
 *
 * @param inOrder the first that watches a fault is the one for it
 * @param beside these look at every fault, too
 */
public record LayeredDetector(List<Detector> inOrder, List<Detector> beside) implements Detector {

    public LayeredDetector {
        inOrder = List.copyOf(inOrder);
        beside = List.copyOf(beside);
    }

    @Override
    public boolean watches(Fault fault) {
        return inOrder.stream().anyMatch(one -> one.watches(fault))
                || beside.stream().anyMatch(one -> one.watches(fault));
    }

    @Override
    public double latencySeconds(Fault fault, UniformRandomProvider draws) {
        double soonest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < inOrder.size(); i++) {
            if (inOrder.get(i).watches(fault)) {
                soonest = inOrder.get(i).latencySeconds(fault, stream(fault, i + 1));
                break;
            }
        }
        for (int i = 0; i < beside.size(); i++) {
            if (beside.get(i).watches(fault)) {
                soonest = Math.min(soonest, beside.get(i).latencySeconds(fault, stream(fault, -i - 1)));
            }
        }
        return soonest;
    }

    private static UniformRandomProvider stream(Fault fault, int detector) {
        return MarkStream.DETECTOR.of(fault.mark(), detector);
    }

    @Override
    public List<FaultCause> falseAlarms() {
        List<FaultCause> alarms = new ArrayList<>();
        inOrder.forEach(one -> alarms.addAll(one.falseAlarms()));
        beside.forEach(one -> alarms.addAll(one.falseAlarms()));
        return alarms;
    }
}
