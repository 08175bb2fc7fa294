package trainyard.scheduler.peer.pollux;

/**
 * Seconds of a training step.
 *
 * @param step all of it
 * @param sync the part that replicas spend on exchanging gradients
 */
record StepTime(double step, double sync) {

    /** The part that a further batch before an exchange adds. */
    double accumulation() {
        return step - sync;
    }
}
