package trainyard.faults.life.work;

import java.util.ArrayDeque;
import java.util.Deque;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.account.GpuTimeLedger;
import trainyard.faults.recovery.Pace;

/**
 * Which steps were done at what cost, so that the time of those that a fault destroys can be taken from the useful work.
 * Neighbouring runs of equal cost are one piece.
 */
final class WorkHistory {

    private final GpuTimeLedger ledger;
    private final long batch;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long missingSamples;

    /** Steps from one number to another, each at a pace on a number of GPUs. */
    private record Piece(long startStep, long endStep, Pace pace, long gpus) {

        boolean continues(Piece before) {
            return before != null && before.endStep == startStep && before.gpus == gpus && before.pace.equals(pace);
        }
    }

    /**
     * @param batch samples of a step of the whole job
     */
    WorkHistory(GpuTimeLedger ledger, long batch) {
        this.ledger = ledger;
        this.batch = batch;
    }

    /** Books finished steps as work that the job keeps. */
    void done(long startStep, long endStep, Pace pace, long gpus) {
        if (endStep == startStep) {
            return;
        }
        Piece piece = new Piece(startStep, endStep, pace, gpus);
        book(piece, endStep - startStep);
        if (piece.continues(pieces.peekLast())) {
            piece = new Piece(pieces.removeLast().startStep, endStep, pace, gpus);
        }
        pieces.addLast(piece);
    }

    /** Books the steps behind a number as lost. */
    void rollBack(long toStep) {
        while (!pieces.isEmpty() && pieces.peekLast().endStep > toStep) {
            Piece last = pieces.removeLast();
            long from = Math.max(last.startStep, toStep);
            book(last, from - last.endStep);
            ledger.add(GpuState.LOST_WORK, (last.endStep - from) * last.pace.stepNanos(), last.gpus);
            if (from > last.startStep) {
                pieces.addLast(new Piece(last.startStep, from, last.pace, last.gpus));
            }
        }
    }

    /** Books steps of a piece, or takes back what was booked where their number is negative. */
    private void book(Piece piece, long steps) {
        Pace pace = piece.pace;
        long all = Math.multiplyExact(pace.stepNanos(), piece.gpus);
        ledger.add(GpuState.USEFUL, steps, pace.usefulGpuNanos());
        ledger.add(GpuState.REDUNDANT, steps, pace.redundantGpuNanos());
        ledger.add(GpuState.SLOW, steps, all - pace.usefulGpuNanos() - pace.redundantGpuNanos());
        missingSamples += steps * (batch - pace.samples());
    }

    /** Samples that the steps kept so far lack, since some had less than the whole batch. */
    long missingSamples() {
        return missingSamples;
    }
}
