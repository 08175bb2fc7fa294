package trainyard.faults.life;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which steps were done at what cost, so that the time of those that a fault destroys can be taken from the useful work.
 * Neighbouring runs of equal cost are one piece.
 */
final class WorkHistory {

    private final GpuTimeLedger ledger;
    private final Deque<Piece> pieces = new ArrayDeque<>();

    /** Steps from one number to another, each with a time on a number of GPUs. */
    private record Piece(long startStep, long endStep, long stepNanos, long gpus) {

        boolean continues(Piece before) {
            return before != null
                    && before.endStep == startStep
                    && before.stepNanos == stepNanos
                    && before.gpus == gpus;
        }
    }

    WorkHistory(GpuTimeLedger ledger) {
        this.ledger = ledger;
    }

    /** Books finished steps as useful. */
    void done(long startStep, long endStep, long stepNanos, long gpus) {
        if (endStep == startStep) {
            return;
        }
        ledger.add(GpuState.USEFUL, Math.multiplyExact(endStep - startStep, stepNanos), gpus);
        Piece piece = new Piece(startStep, endStep, stepNanos, gpus);
        if (piece.continues(pieces.peekLast())) {
            piece = new Piece(pieces.removeLast().startStep, endStep, stepNanos, gpus);
        }
        pieces.addLast(piece);
    }

    /** Books the steps behind a number as lost. */
    void rollBack(long toStep) {
        while (!pieces.isEmpty() && pieces.peekLast().endStep > toStep) {
            Piece last = pieces.removeLast();
            long from = Math.max(last.startStep, toStep);
            ledger.move(GpuState.USEFUL, GpuState.LOST_WORK, (last.endStep - from) * last.stepNanos, last.gpus);
            if (from > last.startStep) {
                pieces.addLast(new Piece(last.startStep, from, last.stepNanos, last.gpus));
            }
        }
    }
}
