/** Calls `take` with every file that is dropped on the element or pasted into the page. */
export function onFiles(element: HTMLElement, take: (file: File) => void): void {
  element.ondragover = (event) => {
    event.preventDefault();
    element.classList.add('dragging');
  };
  element.ondragleave = (event) => {
    if (!(event.relatedTarget instanceof Node) || !element.contains(event.relatedTarget)) {
      element.classList.remove('dragging');
    }
  };
  element.ondrop = (event) => {
    event.preventDefault();
    element.classList.remove('dragging');
    for (const file of event.dataTransfer?.files ?? []) take(file);
  };
  document.onpaste = (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    for (const file of files) take(file);
  };
}
