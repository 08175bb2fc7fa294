package trainyard.scheduler.peer.tiresias;

import java.util.ArrayList;
import java.util.List;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;

/**
 * Its {@code lpjf}, the longest waiting first: the order of arrival, and nothing overtakes a job that does not fit. It takes
 * what it starts out of the list over which it walks, so that the job behind each one started is passed over until the next
 * event.
 */
public final class SkippingPending implements SchedulingPolicy {

    private final List<Integer> pending = new ArrayList<>();

    @Override
    public String name() {
        return "tiresias-lpjf";
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        pending.add(job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {}

    @Override
    public void schedule(SchedulingContext context) {
        for (int at = 0; at < pending.size(); at++) {
            if (!context.start(pending.get(at))) {
                return;
            }
            pending.remove(at);
        }
    }
}
