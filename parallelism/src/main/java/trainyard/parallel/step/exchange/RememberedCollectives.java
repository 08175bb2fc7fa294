package trainyard.parallel.step.exchange;

import java.util.HashMap;
import java.util.Map;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.LinkShares;

/** Prices of exchanges that are asked for many times, each worked out once. Not thread-safe. */
public final class RememberedCollectives implements CollectiveModel {

    private final CollectiveModel model;
    private final Map<Question, CollectiveTime> known = new HashMap<>();

    private record Question(Collective operation, double bytes, GroupShape group) {}

    /**
     * @param model what prices a collective when it is first met
     */
    public RememberedCollectives(CollectiveModel model) {
        this.model = model;
    }

    @Override
    public CollectiveTime time(Collective operation, double bytes, GroupShape group) {
        return known.computeIfAbsent(
                new Question(operation, bytes, group), asked -> model.time(operation, bytes, group));
    }

    @Override
    public CollectiveModel slowedTo(LinkShares left) {
        return left.equals(LinkShares.FULL) ? this : new RememberedCollectives(model.slowedTo(left));
    }
}
