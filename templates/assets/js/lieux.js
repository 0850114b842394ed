export const lieu = async () => null;
export const lieuDe = async () => null;
export const champ = () => {};
