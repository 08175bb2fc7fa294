package trainyard.report.png;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import trainyard.report.draw.sheet.Ink;
import trainyard.report.draw.sheet.Mark;
import trainyard.report.draw.sheet.Mark.Spot;
import trainyard.report.draw.sheet.Outline;

/** Paints the marks of a drawing with Java2D in their colours on white paper. */
final class MarkPainter {

    private final Graphics2D graphics;

    private MarkPainter(Graphics2D graphics) {
        this.graphics = graphics;
    }

    static void paint(Graphics2D graphics, List<Mark> marks) {
        MarkPainter painter = new MarkPainter(graphics);
        marks.forEach(painter::mark);
    }

    private void mark(Mark mark) {
        if (mark instanceof Mark.Box box) {
            graphics.setColor(color(box.fill(), box.opacity()));
            graphics.fill(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
        } else if (mark instanceof Mark.Line line) {
            graphics.setColor(color(line.ink(), 1));
            graphics.setStroke(HouseStyle.stroke((float) line.width(), line.dash()));
            graphics.draw(path(line.points(), false));
        } else if (mark instanceof Mark.Area area) {
            graphics.setColor(color(area.fill(), area.opacity()));
            graphics.fill(path(area.points(), true));
        } else if (mark instanceof Mark.Dot dot) {
            dot(dot);
        } else if (mark instanceof Mark.Label label) {
            label(label);
        }
    }

    private void dot(Mark.Dot dot) {
        graphics.setColor(color(dot.ink(), 1));
        if (dot.shape() == Mark.Shape.CIRCLE) {
            double r = dot.radius();
            graphics.fill(new Ellipse2D.Double(dot.x() - r, dot.y() - r, 2 * r, 2 * r));
        } else {
            graphics.fill(path(Outline.of(dot), true));
        }
    }

    private void label(Mark.Label label) {
        float size = label.font().size();
        Font font =
                HouseFont.fitting(label.text(), label.font().bold() ? HouseFont.bold(size) : HouseFont.regular(size));
        double width = font.getStringBounds(label.text(), graphics.getFontRenderContext())
                .getWidth();
        double x = switch (label.anchor()) {
            case START -> label.x();
            case MIDDLE -> label.x() - width / 2;
            case END -> label.x() - width;
        };
        graphics.setFont(font);
        graphics.setColor(color(label.ink(), 1));
        graphics.drawString(label.text(), (float) x, (float) label.y());
    }

    private static Path2D path(List<Spot> spots, boolean close) {
        Path2D path = new Path2D.Double();
        path.moveTo(spots.get(0).x(), spots.get(0).y());
        for (Spot spot : spots.subList(1, spots.size())) {
            path.lineTo(spot.x(), spot.y());
        }
        if (close) {
            path.closePath();
        }
        return path;
    }

    static Color color(Ink ink, double opacity) {
        int rgb = ink.light();
        return new Color(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF, (int) Math.round(255 * opacity));
    }
}
