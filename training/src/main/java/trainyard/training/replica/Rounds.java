package trainyard.training.replica;

import java.util.Arrays;
import java.util.function.IntSupplier;
import trainyard.training.clock.GradientWork;
import trainyard.training.rule.Play;
import trainyard.training.rule.TrainingContext;

/**
 * Rounds of local steps. At the end of each the mean of {@code w - w_i} is an outer gradient that changes the shared parameters,
 * from which all go on. What local optimizers keep, such as momentum, goes on across rounds and is not averaged.
 *
 * <p>A worker that fails loses what its optimizer kept and its steps of the round, and takes these again from the shared parameters,
 * while the others wait; a collective that has begun ends.
 */
final class Rounds extends Play {
    private final Replicas replicas;
    private final IntSupplier stepsOfRound;
    private final double outerRate;
    private final int[] done;
    private int steps;
    private int finished;
    private boolean isReducing;

    /**
     * @param stepsOfRound local steps of the round that begins
     * @param outerRate by which the outer gradient is multiplied; at 1 and without momentum the mean of all is taken over
     */
    Rounds(TrainingContext context, Replicas replicas, IntSupplier stepsOfRound, double outerRate) {
        super(context);
        this.replicas = replicas;
        this.stepsOfRound = stepsOfRound;
        this.outerRate = outerRate;
        done = new int[workers()];
        steps = stepsOfRound.getAsInt();
    }

    @Override
    protected void begin(int worker) {
        replicas.compute(worker);
    }

    @Override
    public void computed(GradientWork work) {
        int worker = work.worker();
        replicas.step(work);
        done[worker]++;
        if (done[worker] < steps) {
            replicas.compute(worker);
            return;
        }
        hold(worker);
        finished++;
        if (finished == workers()) {
            isReducing = true;
            context.letAllGo();
            context.exchange().reduce(workers(), this::merge);
        }
    }

    private void merge() {
        isReducing = false;
        context.update(context.mean(replicas.behind(context.model().peek())), outerRate);
        replicas.setAll(context.model().read());
        Arrays.fill(done, 0);
        finished = 0;
        steps = stepsOfRound.getAsInt();
        goAll();
    }

    @Override
    public void failed(int worker) {
        super.failed(worker);
        replicas.of(worker).forget();
        if (isReducing) {
            return;
        }
        if (waits(worker)) {
            finished--;
            undo(worker);
        }
        context.undo(worker, done[worker]);
        done[worker] = 0;
        replicas.of(worker).set(context.model().read());
    }
}
