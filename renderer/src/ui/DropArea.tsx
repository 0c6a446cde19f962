import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { Icon } from './Icon.tsx';

interface DropAreaProps {
  /** What letting go will do. */
  hint: string;
  enabled: boolean;
  onFiles: (files: File[]) => void;
  className?: string;
  children: ReactNode;
}

const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** Takes files dropped anywhere on what it holds, and says so while they hover. */
export function DropArea({ hint, enabled, onFiles, className, children }: DropAreaProps) {
  const [over, setOver] = useState(false);
  // dragenter and dragleave come for every child; only the balance says whether the pointer is still inside.
  const depth = useRef(0);
  const step = (by: number) => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  if (!enabled) return <div className={className}>{children}</div>;
  return (
    <div
      className={className}
      onDragEnter={(e) => holdsFiles(e) && step(1)}
      onDragLeave={(e) => holdsFiles(e) && step(-1)}
      onDragOver={(e) => holdsFiles(e) && e.preventDefault()}
      onDrop={(e) => {
        if (!holdsFiles(e) || e.defaultPrevented) return;
        e.preventDefault();
        depth.current = 0;
        setOver(false);
        onFiles([...e.dataTransfer.files]);
      }}
    >
      {children}
      {over ? (
        <div className="drop-over" role="status">
          <Icon name="upload" size={28} />
          {hint}
        </div>
      ) : null}
    </div>
  );
}
