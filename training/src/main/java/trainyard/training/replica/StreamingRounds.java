package trainyard.training.replica;

import java.util.List;
import trainyard.training.clock.GradientWork;
import trainyard.training.rule.Play;
import trainyard.training.rule.TrainingContext;

/**
 * Local steps with exchanges of fragments under way. A worker that fails goes on at the shared parameters when it is back; what
 * it had learned and not sent is lost, and so is what its optimizer kept, and the others wait for what it has to send.
 */
final class StreamingRounds extends Play {
    private final StreamingDiLoCo rule;
    private final Replicas replicas;
    private final List<Fragment> fragments;

    /** Local steps of each worker. */
    private final long[] steps;

    StreamingRounds(TrainingContext context, StreamingDiLoCo rule) {
        super(context);
        this.rule = rule;
        replicas = new Replicas(context);
        fragments = Fragment.of(context.problem().blocks(), rule, workers());
        steps = new long[workers()];
    }

    @Override
    protected void begin(int worker) {
        replicas.compute(worker);
    }

    @Override
    public void computed(GradientWork work) {
        int worker = work.worker();
        replicas.step(work);
        steps[worker]++;
        for (Fragment fragment : fragments) {
            if (exchangesBegun(fragment, steps[worker]) > exchangesBegun(fragment, steps[worker] - 1)) {
                send(worker, fragment);
            }
        }
        hold(worker);
        goOn(worker);
    }

    /** How many exchanges of a fragment a worker has begun after a number of steps. */
    private long exchangesBegun(Fragment fragment, long steps) {
        long first = fragment.offset() == 0 ? rule.outer().steps() : fragment.offset();
        return steps < first ? 0 : 1 + (steps - first) / rule.outer().steps();
    }

    private void send(int worker, Fragment fragment) {
        if (fragment.add(worker, context.model().peek(), replicas.of(worker).peek())) {
            double share = (double) fragment.size() / context.problem().parameters();
            double bytes = context.parameterBytes() * share * rule.bits().bits() / Float.SIZE;
            context.wire().allReduce(workers(), bytes, () -> merge(fragment));
        }
    }

    private void merge(Fragment fragment) {
        double[] shared = context.model().peek().clone();
        fragment.update(shared);
        context.model().set(shared);
        context.updated();
        for (int worker = 0; worker < workers(); worker++) {
            if (waits(worker)) {
                goOn(worker);
            }
        }
    }

    /** Takes over what is due and lets a worker take its next step, if all of it is there. */
    private void goOn(int worker) {
        long due = steps[worker] - rule.overlap();
        for (Fragment fragment : fragments) {
            if (fragment.exchanges() < exchangesBegun(fragment, due)) {
                return;
            }
        }
        double[] own = replicas.of(worker).peek().clone();
        boolean isChanged = false;
        for (Fragment fragment : fragments) {
            if (exchangesBegun(fragment, due) > exchangesBegun(fragment, due - 1)) {
                fragment.take(context.model().peek(), own, rule.mixing());
                isChanged = true;
            }
        }
        if (isChanged) {
            replicas.of(worker).set(own);
        }
        go(worker);
    }

    @Override
    public void failed(int worker) {
        super.failed(worker);
        replicas.of(worker).forget();
        replicas.of(worker).set(context.model().read());
    }
}
