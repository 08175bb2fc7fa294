package trainyard.faults.detect;

import trainyard.faults.cause.Damage;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.Visibility;

/** Which faults make a node stop answering. */
final class SilentNodes {

    private SilentNodes() {}

    /** The node restarts or breaks; where processes end alone, its agent lives and answers. */
    static boolean fallSilent(Fault fault) {
        return fault.cause().visibility() == Visibility.EXPLICIT && fault.damage() != Damage.PROCESS;
    }
}
