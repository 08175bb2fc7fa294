package trainyard.training.run;

import trainyard.training.clock.WorkerState;
import trainyard.training.clock.Workers;

/**
 * What a worker did with its time; the parts together are the time of the run.
 *
 * @param computingSeconds computing gradients, also those that were dropped
 * @param exchangingSeconds idle until parameters came or its gradient was gone
 * @param waitingSeconds its part done, waiting for others
 * @param downSeconds failed and not back
 */
public record WorkerUse(double computingSeconds, double exchangingSeconds, double waitingSeconds, double downSeconds) {

    /** The sum of all workers until now. */
    static WorkerUse of(Workers workers) {
        WorkerUse sum = new WorkerUse(0, 0, 0, 0);
        for (int worker = 0; worker < workers.count(); worker++) {
            WorkerUse one = of(workers, worker);
            sum = new WorkerUse(
                    sum.computingSeconds + one.computingSeconds,
                    sum.exchangingSeconds + one.exchangingSeconds,
                    sum.waitingSeconds + one.waitingSeconds,
                    sum.downSeconds + one.downSeconds);
        }
        return sum;
    }

    static WorkerUse of(Workers workers, int worker) {
        return new WorkerUse(
                workers.seconds(worker, WorkerState.COMPUTING),
                workers.seconds(worker, WorkerState.EXCHANGING),
                workers.seconds(worker, WorkerState.WAITING),
                workers.seconds(worker, WorkerState.DOWN));
    }
}
