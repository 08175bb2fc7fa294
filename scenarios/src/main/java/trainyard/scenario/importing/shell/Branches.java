package trainyard.scenario.importing.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which part of a script the reader is in: branches of conditions, loops and functions around the current statement. */
final class Branches {

    private static final Map<String, String> ENDS = Map.of("if", "fi", "loop", "done", "case", "esac", "{", "}");

    /** One condition, loop or group that is open. */
    private static final class Frame {
        private final String kind;
        private Truth reached;
        /** Whether an earlier branch was taken. */
        private Truth taken = Truth.NO;

        /** The word of a {@code case}; empty where it is not known. */
        private Optional<TracedText> subject = Optional.empty();

        private boolean inCondition;
        private Truth condition = Truth.UNKNOWN;

        Frame(String kind, Truth reached) {
            this.kind = kind;
            this.reached = reached;
        }
    }

    private final Deque<Frame> frames = new ArrayDeque<>();

    /** Whether the current statement is reached when the script runs. */
    Truth reached() {
        Truth all = Truth.YES;
        for (Frame frame : frames) {
            all = frame.inCondition ? all : all.and(frame.reached);
        }
        return all;
    }

    /** Whether the current statement is part of a condition. */
    boolean inCondition() {
        return !frames.isEmpty() && frames.peek().inCondition;
    }

    /** Adds a part of the condition. */
    void condition(Truth truth, Statement.Joint joint) {
        Frame frame = frames.element();
        frame.condition = switch (joint) {
            case NONE -> truth;
            case AND -> frame.condition.and(truth);
            case OR -> frame.condition.or(truth);
        };
    }

    void openCondition() {
        Frame frame = new Frame("if", Truth.YES);
        frame.inCondition = true;
        frames.push(frame);
    }

    /** Opens {@code case WORD in}; nothing is reached before its first pattern. */
    void openCase(List<TracedText> words) {
        Frame frame = new Frame("case", Truth.NO);
        frame.subject = words.size() == 3 ? Optional.of(words.get(1)) : Optional.empty();
        frames.push(frame);
    }

    /** A branch of the {@code case} begins: it is reached where a pattern fits, and none before did. */
    void pattern(List<TracedText> words) {
        Frame frame = frames.peek();
        if (frame != null && frame.kind.equals("case")) {
            Truth fits = words.stream()
                    .skip(1)
                    .map(pattern -> ShellPattern.fits(frame.subject, pattern))
                    .reduce(Truth.NO, Truth::or);
            enter(frame, fits);
        }
    }

    /** A branch goes on with the next: which ones run from here on is not known. */
    void fallThrough() {
        Frame frame = frames.peek();
        if (frame != null && frame.kind.equals("case")) {
            frame.subject = Optional.empty();
            frame.taken = Truth.UNKNOWN;
        }
    }

    /** Opens what is passed over or read as a whole: {@code loop} or <code>{</code>. */
    void open(String kind, Truth reached) {
        frames.push(new Frame(kind, reached));
    }

    /** Follows {@code then}, {@code elif}, {@code else} and the words that end something. */
    void keyword(String word) {
        if (frames.isEmpty()) {
            return;
        }
        Frame frame = frames.peek();
        boolean conditional = frame.kind.equals("if");
        if (word.equals(ENDS.get(frame.kind))) {
            frames.pop();
        } else if (conditional && word.equals("then")) {
            enter(frame, frame.condition);
        } else if (conditional && word.equals("else")) {
            enter(frame, Truth.YES);
        } else if (conditional && word.equals("elif")) {
            frame.inCondition = true;
            frame.condition = Truth.UNKNOWN;
        }
    }

    private static void enter(Frame frame, Truth condition) {
        frame.inCondition = false;
        frame.reached = condition.and(frame.taken.not());
        frame.taken = frame.taken.or(condition);
    }
}
