package trainyard.report.draw;

import java.util.ArrayList;
import java.util.List;

/** Remembers which rectangles are taken, so that labels do not lie on each other. */
final class FreeSpace {

    private record Taken(double left, double top, double right, double bottom) {

        boolean overlaps(Taken other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    private final List<Taken> taken = new ArrayList<>();

    /** Takes a rectangle whatever else lies there. */
    void block(double x, double y, double width, double height) {
        taken.add(new Taken(x, y, x + width, y + height));
    }

    boolean isFree(double x, double y, double width, double height) {
        Taken wanted = new Taken(x, y, x + width, y + height);
        return taken.stream().noneMatch(wanted::overlaps);
    }

    /** Takes a rectangle and returns true when it was free; else takes nothing. */
    boolean take(double x, double y, double width, double height) {
        boolean free = isFree(x, y, width, height);
        if (free) {
            block(x, y, width, height);
        }
        return free;
    }
}
