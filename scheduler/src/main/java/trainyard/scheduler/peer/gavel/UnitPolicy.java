package trainyard.scheduler.peer.gavel;

import java.util.List;
import trainyard.scheduler.hetero.ShareDemand;

/** Decides the shares of units: of jobs alone and, where it packs, of pairs. */
interface UnitPolicy {

    /** Whether the types of GPU are gone through in their own order, not in one drawn anew each round. */
    boolean ordered();

    /** Whether pairs of jobs may share GPUs. */
    default boolean packs() {
        return false;
    }

    /** Whether units without priority never run. */
    default boolean skipsWithoutPriority() {
        return false;
    }

    /**
     * Sets {@link Unit#shares} of every unit.
     *
     * @param units jobs in the order of arrival, and pairs
     * @param demand the jobs alone, in the order of arrival
     */
    void decide(List<Unit> units, ShareDemand demand);
}
