package trainyard.faults.recovery;

import java.util.Objects;
import java.util.Optional;

/**
 * Another policy as long as the job goes on; where that would keep its place and wait for nodes, the job gives all of them back
 * and is queued again.
 *
 * @param policy what it does else
 */
public record RequeueWhenStopped(RecoveryPolicy policy) implements RecoveryPolicy {

    public RequeueWhenStopped {
        Objects.requireNonNull(policy, "policy");
    }

    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public Reaction react(Situation situation) {
        Reaction reaction = policy.react(situation);
        return reaction instanceof Reaction.Replace ? new Reaction.Requeue() : reaction;
    }

    @Override
    public StateSource source(Situation situation) {
        return policy.source(situation);
    }

    @Override
    public boolean needsCopies() {
        return policy.needsCopies();
    }

    @Override
    public Pace pace(Formation formation) {
        return policy.pace(formation);
    }

    @Override
    public boolean startsWithFewer() {
        return policy.startsWithFewer();
    }

    @Override
    public int standbys() {
        return policy.standbys();
    }

    @Override
    public Optional<Warnings> warnings() {
        return policy.warnings();
    }

    @Override
    public boolean givesNodesBack() {
        return policy.alwaysStops();
    }
}
